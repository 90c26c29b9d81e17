// Counts the required elements of X's page once per visit.
"use strict";

const PageHealth = (() => {
  const SETTLED_MS = 4000; // X draws late; before this an empty page says nothing

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

  return { examine, visit };
})();
Object.assign(globalThis, { PageHealth });
