// One MutationObserver for the whole page that schedules at most one sweep per animation frame.
"use strict";

const Observer = (() => {
  const HIDDEN_TAB_MS = 2000; // frames do not come in hidden tabs
  /**
   * The page's own router speaks here too; older Firefox has none, then the sweep's look at the address must do.
   * @returns {EventTarget | undefined}
   */
  const routes = () => /** @type {{navigation?: EventTarget}} */ (globalThis).navigation;
  let dirty = false;
  let running = false;
  let frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {() => void} */
  let sweep = () => {};
  /** @type {(page: PageView) => void} */
  let arrive = () => {};
  /** @type {AbortController | undefined} */
  let leaving;
  /** @type {PageView} */
  let page = { kind: "other", handle: null, path: "" };
  const mutations = new MutationObserver(ask);

  /** Schedules one sweep; further calls before it runs have no effect. */
  function ask() {
    if (dirty || !running) return;
    dirty = true;
    if (document.hidden) timer = setTimeout(run, HIDDEN_TAB_MS);
    else frame = requestAnimationFrame(run);
  }

  /** Runs one sweep; mutations made by the sweep itself schedule no further sweep. */
  function run() {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    dirty = false;
    if (!running) return;
    lookAtAddress();
    sweep();
    mutations.takeRecords();
  }

  /** Detects a changed address (X loads no new page for it) and aborts the work of the page before. */
  function lookAtAddress() {
    if (location.pathname === page.path) return;
    leaving?.abort();
    leaving = new AbortController();
    const path = location.pathname;
    page = { ...People.page(path), path, signal: leaving.signal };
    Selectors.onPage(page.kind);
    arrive(page);
  }

  /** Reschedules a pending sweep when the tab's visibility changes: hidden tabs get no animation frames. */
  function onVisibility() {
    if (!dirty) return;
    dirty = false;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    ask();
  }

  /**
   * @param {{sweep: () => void, arrive: (page: PageView) => void}} work
   */
  function start(work) {
    sweep = work.sweep;
    arrive = work.arrive;
    running = true;
    mutations.observe(document.documentElement, { childList: true, subtree: true });
    document.addEventListener("visibilitychange", onVisibility);
    routes()?.addEventListener("currententrychange", ask);
    addEventListener("popstate", ask);
    run();
  }

  /** Stops observing; no code of the extension runs after this. */
  function stop() {
    running = false;
    leaving?.abort();
    mutations.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisibility);
    routes()?.removeEventListener("currententrychange", ask);
    removeEventListener("popstate", ask);
  }

  return { start, stop, ask, page: () => page };
})();
Object.assign(globalThis, { Observer });
