// All open cards: the one in the profile page, and refreshing or closing every open card.
"use strict";

const CardHost = (() => {
  /**
   * The card as a leaf of the profile page.
   * @param {Spot} spot @returns {{host: HTMLElement, update: () => void, destroy: () => void}}
   */
  function inPage(spot) {
    const { host, root } = Mark.leaf("card");
    const card = new PersonCard({ handle: spot.handle, ...spot.about?.() }, true);
    root.append(card.node);
    void card.load();
    return { host, update: () => card.refresh(), destroy: () => card.close() };
  }

  /**
   * Refreshes the open cards of a person who changed elsewhere.
   * @param {{id?: string | null, handle?: string | null}} person
   */
  function changed(person) {
    for (const card of PersonCard.open) {
      const same =
        (person.id && person.id === card.card.id) || person.handle?.toLowerCase() === card.who.handle.toLowerCase();
      if (!same) continue;
      card.refresh();
      Vet.refresh(card);
    }
    Vet.reflect(person);
  }

  /** Saves what is typed in any card, before the page is left. */
  function leaveAll() {
    for (const card of PersonCard.open) card.editor.leave();
  }

  Placement.addForm("card", inPage);

  return { inPage, changed, leaveAll, all: () => [...PersonCard.open] };
})();
Object.assign(globalThis, { CardHost });
