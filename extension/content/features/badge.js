// Feature: the mark beside names in the timeline, replies and search.
"use strict";
(() => {
  /**
   * The row with the handle and the time is the slot: its last child is ours, nothing stands between X's own nodes.
   * @param {Element} article @returns {Spot | null}
   */
  function spot(article) {
    const handle = Reader.authorHandle(article);
    const name = handle && !Viewer.isSelf(handle) ? Selectors.one(article, "postName") : null;
    if (!handle || !name) return null;
    const link = Selectors.one(name, "postHandleLink");
    const slot = link?.parentElement?.parentElement ?? name;
    const permalink = Selectors.one(article, "postTime")?.closest("a")?.getAttribute("href") ?? "";
    return { slot, handle, form: "badge", post: /\/status\/(\d+)/.exec(permalink)?.[1] ?? null };
  }

  Features.add({
    id: "badge",
    on: () => true,
    spots: () => Selectors.all(document, "post").map(spot).filter((one) => one !== null),
  });
})();
