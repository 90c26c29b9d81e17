// Counts the required elements of X's page once per visit and finds those that a redesign has broken.
"use strict";

const PageHealth = (() => {
  const SETTLED_MS = 4000; // X draws late; before this an empty page says nothing
  const MISSES = 3; // page views in a row with nothing found before a place counts as broken

  /** @param {Document} page @param {string} name @returns {[number, number]} how many, by which anchor */
  function count(page, name) {
    const anchors = Selectors.table[name].css;
    for (const [at, css] of anchors.entries()) {
      const found = page.querySelectorAll(css).length;
      if (found > 0) return [found, at];
    }
    return [0, 0];
  }

  /**
   * @param {Document} page
   * @param {string} kind
   * @param {number} nowSeconds
   * @param {string[]} failing ids of the features that fail on this page
   * @returns {PlaceCounts | null} which anchor found each required place (0 is the primary), null where X itself says
   *   that there is nothing
   */
  function examine(page, kind, nowSeconds, failing) {
    const required = Selectors.requiredOn(kind);
    if (required.length === 0 || Selectors.one(page, "emptyList")) return null;
    const found = required.map((name) => ({ name, seen: count(page, name) }));
    return {
      page: kind, at: nowSeconds, tap: TapBridge.gaveForThisPage(), failing, client: Selectors.client(page),
      counts: Object.fromEntries(found.map(({ name, seen }) => [name, seen[0]])),
      anchor: Object.fromEntries(found.map(({ name, seen }) => [name, seen[1]])),
    };
  }

  /**
   * Which places are broken, judged over the last visits to each kind of page, oldest first.
   * @param {PlaceCounts[]} history @returns {{place: string, page: string, since: number}[]}
   */
  function verdict(history) {
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

  /**
   * Counts the places once X has drawn this page; leaving the page before that cancels the count.
   * @param {PageView} page
   * @param {() => string[]} failing returns the ids of the features that fail on this page
   */
  function visit(page, failing) {
    const timer = setTimeout(() => {
      if (document.hidden) return;
      requestIdleCallback(() => {
        if (page.signal?.aborted) return;
        const counts = examine(document, page.kind, Math.floor(Date.now() / 1000), failing());
        if (counts) Protocol.send("page_health.report", { counts }).catch((error) => Log.error("page_health", error));
      }, { timeout: 2000 });
    }, SETTLED_MS);
    page.signal?.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }

  return { examine, verdict, visit };
})();
Object.assign(globalThis, { PageHealth });
