// Feature: Vet buttons beside followers who are not followed back, and the queue bar over the list of followers.
"use strict";
(() => {
  const RECOUNT_MS = 200;
  /** @type {{host: HTMLElement, update: () => void} | null} the bar over the list of followers */
  let shown = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;

  /** @param {Spot} spot @param {Badge | null} first */
  function button(spot, first) {
    const { host, root } = Mark.leaf("vet");
    const node = VetButton.create(spot, host);
    if (spot.named) host.dataset.form = "named";
    const update = (/** @type {Badge | null} */ badge) =>
      VetButton.say(node, spot, Dom.t(badge?.decision ? `vetIs_${badge.decision}` : "vetButton"));
    update(first);
    root.append(node);
    return { host, update };
  }

  /** @param {Element} row @param {boolean} mine the user's own followers: all of them follow @returns {Spot[]} */
  function rowSpots(row, mine) {
    const name = Reader.cellLink(row);
    const slot = name?.parentElement?.parentElement;
    const handle = Reader.handleOf(name);
    if (!handle || !slot || Viewer.isSelf(handle)) return [];
    const badge = BadgeCache.get(handle);
    const { id, i_follow } = Reader.followState(row);
    const fits = (mine || badge?.follows_me || Selectors.one(row, "followsYou")) && !(i_follow ?? badge?.i_follow);
    return fits ? [{ slot, handle, form: "vet", make: button, about: () => ({ id }) }] : [];
  }

  /**
   * @param {Element} article
   * @returns {Spot[]} a button for each person that its sentence names, as far as there is room
   */
  function noticeSpots(article) {
    return Reader.sentence(Selectors.all(article, "notificationName"))
      .filter(({ handle }) => BadgeCache.get(handle)?.follows_me && !BadgeCache.get(handle)?.i_follow)
      .map((one) => ({ ...one, form: "vet", make: button }));
  }

  /** @param {Api["vet.waiting"]["result"]} found @returns {string} the words of the bar */
  function said({ open, waiting, decided_today, whole }) {
    const key = open ? "vetQueue" : whole ? "vetQueueDone" : "vetQueueUnseen";
    return Dom.t(key, [String(waiting), String(decided_today)]);
  }

  /** How many new followers wait, over the list of them; or that all is done. */
  function bar() {
    const { host, root } = Mark.leaf("queue");
    const start = Dom.h("button", { type: "button", class: "btn fill", "aria-haspopup": "dialog" });
    start.dataset.word = Dom.t("vetQueueStart");
    start.setAttribute("aria-label", start.dataset.word);
    const words = Dom.h("span", { role: "status" });
    const open = () => {
      const viewer = Viewer.now();
      Popover.open({ purpose: "queue", viewer, person: viewer, post: null, act: "" }, start);
    };
    start.addEventListener("click", open);
    root.append(Dom.h("div", { class: "queue" }, words, start));
    let asked = 0;
    let told = 0; // an answer that was asked for before the one that stands there is not shown
    const update = () => {
      const number = (asked += 1);
      Protocol.send("vet.waiting", { viewer: Viewer.now() }).then((found) => {
        if (number < told) return;
        told = number;
        start.hidden = !found.open;
        words.dataset.said = said(found);
      }, (error) => Log.error("vet", error));
    };
    update();
    if (!shown) Store.onChange(({ people }) => { if (people) recount(); });
    shown = { host, update };
    return shown;
  }

  /** Counts anew, once for any number of people about whom something was decided or learnt. */
  function recount() {
    clearTimeout(soon);
    soon = setTimeout(() => { if (shown?.host.isConnected) shown.update(); }, RECOUNT_MS);
  }

  /** @param {PageView} page @returns {Spot[]} under the user's own profile header: how they look to a vetter */
  function ownSpot({ handle }) {
    const block = Selectors.one(document, "profileName");
    const slot = block && handle && Reader.headerHandle(block) === People.fold(handle) && Reader.headerOf(block);
    return slot ? [{ slot, handle, form: "mirror" }] : [];
  }

  Shortcuts.add("v", () => VetButton.pressUnderPointer() || ProfileFrame.run("V", ["card", "mirror"]));
  Shortcuts.add("e", () => ProfileFrame.run("E", ["card"]));
  FeatureRegistry.add({
    id: "vet",
    on: (page) =>
      page.kind !== "home" && (page.kind !== "profile" || (page.handle !== null && Viewer.isSelf(page.handle))),
    spots: (page) => {
      if (page.kind === "profile") return ownSpot(page);
      if (page.kind === "notifications") return Selectors.all(document, "notification").flatMap(noticeSpots);
      const mine = page.kind === "followers" && page.handle !== null && Viewer.isSelf(page.handle);
      const tabs = mine ? Selectors.one(document, "tabs") : null;
      const rows = Selectors.all(document, "userCell").filter((row) => !Selectors.around(row, "sideColumn"));
      return [
        ...(tabs ? [{ slot: tabs, handle: page.handle ?? "", form: "queue", make: bar }] : []),
        ...rows.flatMap((row) => rowSpots(row, mine)),
      ];
    },
  });
})();
