// One MutationObserver for the whole page: it only raises a flag; one sweep per frame does the work.
"use strict";

const Observer = (() => {
  const HIDDEN_TAB_MS = 2000; // frames do not come in hidden tabs
  const KEPT_TIMES = 240;
  /** The page's own router speaks here too; older Firefox has none, then the sweep's look at the address must do. */
  const routes = /** @type {{navigation?: EventTarget}} */ (globalThis).navigation;
  let dirty = false;
  let running = false;
  let frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {() => void} */
  let sweep = () => {};
  /** @type {(page: PageView) => void} */
  let arrive = () => {};
  let leaving = new AbortController();
  /** @type {PageView} */
  let page = { kind: "other", handle: null, path: "", signal: leaving.signal };
  /** @type {number[]} how long the last sweeps took, in ms, for the bench */
  const times = [];
  const mutations = new MutationObserver(ask);

  /** Asks for one sweep soon; asking again before it runs changes nothing. */
  function ask() {
    if (dirty || !running) return;
    dirty = true;
    if (document.hidden) timer = setTimeout(run, HIDDEN_TAB_MS);
    else frame = requestAnimationFrame(run);
  }

  /** One sweep. What we add ourselves must not ask for the next one. */
  function run() {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    dirty = false;
    if (!running) return;
    const begun = performance.now();
    lookAtAddress();
    sweep();
    mutations.takeRecords();
    times.push(performance.now() - begun);
    if (times.length > KEPT_TIMES) times.shift();
  }

  /** X changes its address without loading a page; the old page's work is aborted. */
  function lookAtAddress() {
    if (location.pathname === page.path) return;
    leaving.abort();
    leaving = new AbortController();
    const path = location.pathname;
    page = { ...People.page(path), path, signal: leaving.signal };
    Selectors.onPage(page.kind);
    arrive(page);
  }

  /** A frame asked for while the tab was shown never comes once it is hidden. */
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
    routes?.addEventListener("currententrychange", ask);
    addEventListener("popstate", ask);
    run();
  }

  /** Stops watching; nothing of us runs after this. */
  function stop() {
    running = false;
    leaving.abort();
    mutations.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisibility);
    routes?.removeEventListener("currententrychange", ask);
    removeEventListener("popstate", ask);
  }

  return { start, stop, ask, page: () => page, times };
})();
Object.assign(globalThis, { Observer });
