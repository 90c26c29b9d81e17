// Feature: the mark in rows of people: followers, who to follow, relevant people, notifications.
"use strict";
(() => {
  /** @type {WeakMap<Element, {link: Element, slot: Element, first: boolean}>} the person is read anew in every sweep */
  const places = new WeakMap();

  /** @param {Element} cell @returns {{link: Element, slot: Element, first: boolean} | null} */
  function find(cell) {
    const link = Reader.cellLink(cell);
    const slot = link?.parentElement?.parentElement;
    if (!link || !slot) return null;
    // A narrow row is cut off at its end, so there the mark is shown first.
    const place = { link, slot, first: Boolean(Selectors.around(cell, "sideColumn")) };
    places.set(cell, place);
    return place;
  }

  /** @param {Element} cell @returns {Spot | null} */
  function cellSpot(cell) {
    const cached = places.get(cell);
    const place = cached && cached.slot.isConnected && cell.contains(cached.link) ? cached : find(cell);
    const handle = place && Reader.handleOf(place.link);
    if (!handle || Viewer.isSelf(handle)) return null;
    return {
      slot: place.slot,
      handle,
      form: "badge",
      first: place.first,
      about: () => ({ id: Reader.followState(cell).id }),
    };
  }

  /** @param {Element} article @returns {Spot[]} one mark for each person named, at the end of the sentence */
  const sentenceSpots = (article) =>
    Reader.sentence(Selectors.all(article, "notificationName")).map((one) => ({ ...one, form: "badge" }));

  FeatureRegistry.add({
    id: "usercell",
    on: () => true,
    spots: (page) => [
      ...Selectors.all(document, "userCell").map(cellSpot).filter((one) => one !== null),
      ...(page.kind === "notifications" ? Selectors.all(document, "notification").flatMap(sentenceSpots) : []),
    ],
  });
})();
