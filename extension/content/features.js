// The registry of features: each says where on this page its people are; one that fails is left out, the others go on.
"use strict";

/**
 * One place where something of ours belongs.
 * @typedef {object} Spot
 * @property {Element} slot   host node that gets our one leaf as its last child
 * @property {string} handle  whose place it is now, as X writes it
 * @property {"badge" | "line" | "card"} form
 * @property {() => {id?: string | null, post?: string | null}} [about] what else the page shows here, asked only when a card opens: the
 *   person's numeric id, the post it stands in
 * @property {boolean} [named]      show the handle in the mark: several people share one slot
 * @property {boolean} [first]      shown before X's own words in the row, where its end is cut off
 */
/**
 * @typedef {object} Feature
 * @property {string} id        file name and option name
 * @property {(page: PageView) => boolean} on  whether this feature has anything to do on this page
 * @property {(page: PageView) => Spot[]} spots reads the page, changes nothing
 */

const Features = (() => {
  const PATIENCE = 3; // failures in a row before a feature rests until the next page
  /** @type {Feature[]} */
  const list = [];
  /** @type {Map<string, number>} */
  const failures = new Map();

  /** @param {Feature} feature */
  function add(feature) {
    list.push(feature);
  }

  /**
   * @param {Feature} feature @param {PageView} page @returns {Spot[]}
   */
  function spotsOf(feature, page) {
    try {
      const spots = feature.on(page) ? feature.spots(page) : [];
      failures.delete(feature.id);
      return spots;
    } catch (error) {
      failures.set(feature.id, (failures.get(feature.id) ?? 0) + 1);
      Log.error(feature.id, error);
      return [];
    }
  }

  /**
   * All spots of all switched-on features.
   * @param {PageView} page @param {(id: string) => boolean} isOn @returns {Spot[]}
   */
  function collect(page, isOn) {
    const working = list.filter((feature) => isOn(feature.id) && (failures.get(feature.id) ?? 0) < PATIENCE);
    return working.flatMap((feature) => spotsOf(feature, page));
  }

  /** A new page is a new chance for a feature that failed. */
  function forgive() {
    failures.clear();
  }

  return { add, collect, forgive, failing: () => [...failures.keys()], ids: () => list.map((one) => one.id) };
})();
Object.assign(globalThis, { Features });
