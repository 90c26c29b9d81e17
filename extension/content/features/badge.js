// Feature: the mark beside names of posts: authors, who reposted, who is quoted, who is replied to.
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

  /** @param {Element} article @returns {Spot[]} the author's, and those of the others whom the post shows */
  function spots(article) {
    const others = [Reader.reposter(article), ...Selectors.all(article, "quoteCard").map(Reader.quoted)]
      .filter((one) => one !== null).filter((one) => !Viewer.isSelf(one.handle));
    const marks = [...others, ...Reader.sentence(article, "replyName")].map((one) => ({ ...one, form: "badge" }));
    const author = spot(article);
    return author ? [author, ...marks] : marks;
  }

  FeatureRegistry.add({
    id: "badge",
    on: () => true,
    spots: () => Selectors.all(document, "post").flatMap(spots),
  });
})();
