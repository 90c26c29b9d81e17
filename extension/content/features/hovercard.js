// Feature: one line about the person in X's hover card, whose node X reuses for every hover.
"use strict";
(() => {
  /** @param {Element} card @returns {Spot | null} null for the other popups that carry the same mark */
  function spot(card) {
    const counts = Selectors.one(card, "hoverHandle");
    const handle = counts ? People.handleFromHref(counts.getAttribute("href") ?? "") : null;
    const slot = counts?.parentElement?.parentElement?.parentElement;
    if (!handle || !slot || !card.contains(slot) || Viewer.isSelf(handle)) return null;
    return { slot, handle, form: "line", about: () => ({ id: Reader.followState(card).id }) };
  }

  FeatureRegistry.add({
    id: "hovercard",
    on: () => true,
    spots: () =>
      Selectors.all(Selectors.one(document, "layers") ?? document, "hoverCard")
        .map(spot)
        .filter((one) => one !== null),
  });
})();
