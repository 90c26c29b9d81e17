// Feature: the mark beside names in the timeline, replies and search.
"use strict";
(() => {
  /**
   * Where a post keeps its author's link; the person is read from it anew in every sweep, for rows are recycled.
   * @type {WeakMap<Element, {link: Element, slot: Element}>}
   */
  const places = new WeakMap();

  /**
   * The row with the handle and the time is the slot: its last child is ours, nothing stands between X's own nodes.
   * @param {Element} article @returns {{link: Element, slot: Element} | null}
   */
  function find(article) {
    const name = Reader.outsideQuote(article, "postName");
    const link = name && (Selectors.one(name, "postHandleLink") ?? Selectors.one(name, "postNameLink"));
    if (!name || !link) return null;
    const place = { link, slot: link.parentElement?.parentElement ?? name };
    places.set(article, place);
    return place;
  }

  /** @param {Element} article @returns {Spot | null} */
  function spot(article) {
    const kept = places.get(article);
    const place = kept && kept.slot.isConnected && article.contains(kept.link) ? kept : find(article);
    const handle = place && Reader.handleOf(place.link);
    if (!handle || Viewer.isSelf(handle)) return null;
    return { slot: place.slot, handle, form: "badge", about: () => ({ post: Reader.post(article)?.id }) };
  }

  FeatureRegistry.add({
    id: "badge",
    on: () => true,
    spots: () => Selectors.all(document, "post").map(spot).filter((one) => one !== null),
  });
})();
