// Feature: the mark beside names in the timeline, replies and search.
"use strict";
(() => {
  /**
   * Where a post keeps its author's link; the person is read from it anew in every sweep, for rows are recycled.
   * @type {WeakMap<Element, {link: Element, slot: Element}>}
   */
  const places = new WeakMap();

  /**
   * The slot is the row with handle and time; the mark becomes its last child, never between X's own nodes.
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
    const cached = places.get(article);
    const place = cached && cached.slot.isConnected && article.contains(cached.link) ? cached : find(article);
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
