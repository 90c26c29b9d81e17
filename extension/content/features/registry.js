// Registry of features: each finds the elements on a page that get a mark; a failing one is skipped.
"use strict";

const FeatureRegistry = (() => {
  const PATIENCE = 3; // failures in a row before a feature rests until the next page
  /** @type {Feature[]} */
  const list = [];
  /** @type {Map<string, number>} */
  const failures = new Map();

  /** @type {Record<string, boolean>} the user's choices by feature id */
  let choices = {};

  /** @param {Record<string, boolean>} chosen the user's choices; a feature that is not named is on */
  function choose(chosen) {
    choices = chosen;
  }

  /** @param {string} id @returns {boolean} */
  function isOn(id) {
    return choices[id] !== false;
  }

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
   * @param {PageView} page @returns {Spot[]}
   */
  function collect(page) {
    const working = list.filter((feature) => isOn(feature.id) && (failures.get(feature.id) ?? 0) < PATIENCE);
    return working.flatMap((feature) => spotsOf(feature, page));
  }

  /** Clears the failure counts: on a new page every feature runs again. */
  function forgive() {
    failures.clear();
  }

  return {
    add, choose, isOn, collect, forgive,
    failing: () => [...failures.keys()],
    ids: () => list.map((feature) => feature.id),
  };
})();
Object.assign(globalThis, { FeatureRegistry });
