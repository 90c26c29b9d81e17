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

  /**
   * Where a post names others. Finding them is three walks through it, so they are looked for again only after a
   * while; who stands there is read anew in every sweep.
   * @type {WeakMap<Element, {at: number, repost: ReturnType<typeof Reader.repostPlace>, replies: Element[],
   *   quotes: ReturnType<typeof Reader.quotePlace>[]}>}
   */
  const others = new WeakMap();
  const AGAIN_MS = 400;
  /** @type {ReturnType<typeof setTimeout> | undefined} a sweep for what came after the last walk */
  let later;

  /** @param {Element} article @param {number} now in ms */
  function placesOfOthers(article, now) {
    const had = others.get(article);
    if (had && now - had.at < AGAIN_MS) {
      later ??= setTimeout(() => { later = undefined; Observer.ask(); }, AGAIN_MS);
      return had;
    }
    const found = {
      at: now, repost: Reader.repostPlace(article), replies: Reader.replyNames(article),
      quotes: Selectors.all(article, "quoteCard").map(Reader.quotePlace),
    };
    others.set(article, found);
    return found;
  }

  /** @param {Element} article @param {number} now @returns {Spot[]} the author's, and those of others whom it shows */
  function spots(article, now) {
    const { repost, quotes, replies } = placesOfOthers(article, now);
    const author = spot(article);
    const own = author ? [author] : [];
    if (!repost && quotes.length === 0 && replies.length === 0) return own; // most posts name nobody else
    const named = [Reader.reposter(repost), ...quotes.map(Reader.quoted)]
      .filter((one) => one !== null).filter((one) => !Viewer.isSelf(one.handle));
    const marks = [...named, ...Reader.sentence(replies)].filter(({ slot }) => article.contains(slot));
    return [...own, ...marks.map((one) => ({ ...one, form: "badge" }))];
  }

  FeatureRegistry.add({
    id: "badge",
    on: () => true,
    spots: () => {
      const now = performance.now();
      return Selectors.all(document, "post").flatMap((article) => spots(article, now));
    },
  });
})();
