// Entry point of the content scripts: connects tap, observer, features and messages; cleans up when orphaned.
"use strict";

const Main = (() => {
  const ALIVE_MS = 500; // asking the browser costs more than the rest of a quiet sweep
  const TAP_CHECK_MS = 8000; // by then X's page has drawn itself or shows its error
  /** @type {Options} */
  let options;
  let orphanWords = "";
  let aliveUntil = -Infinity;

  /** @returns {boolean} whether the extension that injected this script was still running half a second ago */
  function isAlive() {
    const now = performance.now();
    if (now < aliveUntil) return true;
    if (!globalThis.chrome?.runtime?.id) return false;
    aliveUntil = now + ALIVE_MS;
    return true;
  }

  /**
   * Cleans up after the extension was reloaded or removed: nothing can be saved then. A frame that is being typed in
   * stays as long as the browser lets it, for its text to be copied, with a word on what happened.
   */
  function orphan() {
    Observer.stop();
    TapBridge.stop();
    Shortcuts.stop();
    if (!CardFrame.orphaned(orphanWords)) Placement.clear();
  }

  /** One sweep over the page: all reads first, then all writes, and no layout measurement. */
  function sweep() {
    if (!isAlive()) return orphan();
    if (options.hidden || !Viewer.isKnown()) return Placement.clear();
    MarkStyle.follow();
    BadgeCache.followViewer();
    const spots = FeatureRegistry.collect(Observer.page());
    BadgeCache.want([...new Set(spots.map((spot) => People.fold(spot.handle)))], performance.now());
    Placement.render(spots);
    if (spots.length > 0) Popover.prepare();
    DomSightings.soon();
  }

  /** @param {PageView} page */
  function arrive(page) {
    FeatureRegistry.forgive();
    PageHealth.visit(page, FeatureRegistry.failing);
  }

  /** @param {Batch} batch */
  function deliver(batch) {
    if (!isAlive()) return;
    Protocol.send("sightings.add", { viewer: batch.viewer, seen: batch.seen, readings: [] })
      .catch((error) => Log.error("tap", error)); // who changed by it is told through the store
  }

  /** Turns the tap off when X's page reports that it could not start, whatever the cause. */
  function checkTap() {
    if (!TapBridge.isOn() || !TapBridge.pageFailed()) return;
    TapBridge.stop();
    Log.error("tap", new Error(Dom.t("tapTurnedOff")));
    Protocol.send("options.set", { tap: false }).catch((error) => Log.error("tap", error));
  }

  /** @param {Options} fresh */
  function adopt(fresh) {
    options = fresh;
    FeatureRegistry.choose(options.features ?? {});
    if (!options.tap) TapBridge.stop();
    MarkStyle.veil(Boolean(options.blur));
    Selectors.override(options.selectors ?? {});
    PaletteKey.adopt(options);
    if (options.hidden) Popover.close();
    Observer.ask();
  }

  function toggleHidden() {
    const hidden = !options.hidden;
    adopt({ ...options, hidden }); // at once: that is what the key is for
    Protocol.send("options.set", { hidden }).catch((error) => Log.error("main", error));
  }

  /** @param {StoreChange} change */
  function onChange(change) {
    if (change.options) adopt(change.options);
    for (const person of change.people ?? []) {
      if (person.handle) BadgeCache.stale(person.handle);
    }
  }

  /** Registers the listeners that follow changes of the account, the data and the options. */
  function listen() {
    Shortcuts.onHide(toggleHidden);
    BadgeCache.onChange(() => Observer.ask());
    Viewer.onChange(() => { DomSightings.forget(); Popover.close(); Placement.clear(); Observer.ask(); });
    Store.onChange(onChange);
    // For "Copy this page": the options page or the panel, which alone can ask, leaves out all that is personal.
    chrome.runtime.onMessage.addListener((asked, _sender, reply) => {
      if (asked === "page.copy") reply(new XMLSerializer().serializeToString(document));
    });
  }

  async function boot() {
    [options] = await Promise.all([Store.options(), Dom.speak()]);
    orphanWords = Dom.t("orphan");
    adopt(options);
    listen();
    if (options.tap) TapBridge.start(deliver);
    Observer.start({ sweep, arrive });
    setTimeout(checkTap, TAP_CHECK_MS);
  }

  return { boot, sweep };
})();
Object.assign(globalThis, { Main });
Main.boot().catch((error) => Log.error("main", error));
