// Judges from the counts of the last visits which elements of X's page a redesign has broken. Pure.
"use strict";

const PageVerdict = (() => {
  const MISSES = 3; // page views in a row with nothing found before a place counts as broken

  /**
   * Which places are broken, judged over the last visits to each kind of page, oldest first.
   * @param {PlaceCounts[]} history @returns {{place: string, page: string, since: number}[]}
   */
  function broken(history) {
    const kinds = new Set(history.map((visit) => visit.page));
    return [...kinds].flatMap((kind) => {
      const visits = history.filter((visit) => visit.page === kind);
      return Object.keys(visits.at(-1)?.counts ?? {}).flatMap((place) => {
        const since = emptySince(visits, place);
        return since === null ? [] : [{ place, page: kind, since }];
      });
    });
  }

  /**
   * @param {PlaceCounts[]} visits
   * @param {string} place
   * @returns {number | null} when it was first missed, null if it was seen lately
   */
  function emptySince(visits, place) {
    const looked = visits.filter((visit) => place in visit.counts); // an older version did not look for it
    const missed = looked.slice(looked.findLastIndex((visit) => visit.counts[place] > 0) + 1);
    return missed.length >= MISSES ? missed[0].at : null;
  }

  return { broken };
})();
Object.assign(globalThis, { PageVerdict });
