// The line in X's hover card: ring, state, last talk or the note's first line; the card opens from it.
"use strict";

const Line = (() => {
  /** @param {Card | Badge} person @returns {string} the most useful second line there is */
  function second(person) {
    const note = /** @type {Card} */ (person).note;
    if (note && typeof note === "object" && note.text) return note.text.split("\n")[0];
    const sentence = /** @type {Card} */ (person).judgement?.sentence;
    if (sentence) return sentence;
    return person.tags?.length ? person.tags.map((tag) => (typeof tag === "string" ? tag : tag.name)).join(", ") : Words.follows(person.follows_me, person.i_follow);
  }

  /** @param {Element} button @param {Card | Badge} person */
  function draw(button, person) {
    const judgement = /** @type {Card} */ (person).judgement;
    const state = Words.stateTitle(judgement?.state ?? person.state, judgement?.was);
    const words = second(person);
    button.replaceChildren(CardParts.ring(/** @type {Card} */ (person), 32),
      Dom.h("span", { class: "words" },
        Dom.h("span", { class: "state" }, person.alias ? Dom.h("bdi", { class: "private" }, person.alias) : state),
        Dom.h("span", { class: "why private", dir: "auto" }, person.alias ? `${state}. ${words}` : words)));
  }

  /** @param {Spot} spot @param {Element} button */
  async function fill(spot, button) {
    try {
      const person = spot.id ? { id: spot.id, handle: spot.handle } : { handle: spot.handle };
      const { card } = await Protocol.send("person.get", { viewer: Viewer.now(), person });
      if (card) draw(button, card);
    } catch (error) {
      Log.error("hovercard", error);
    }
  }

  /**
   * @param {Spot} spot @param {Badge | null} badge
   * @returns {{host: HTMLElement, update: () => void}}
   */
  function create(spot, badge) {
    const { host, root } = Mark.leaf("line");
    const button = Dom.h("button", { type: "button", class: "m line", "aria-haspopup": "dialog" });
    button.addEventListener("click", (event) => Pop.open(spot, button, { at: /** @type {MouseEvent} */ (event) }));
    root.append(button);
    draw(button, badge ?? CardParts.blank(spot.handle, spot.id));
    void fill(spot, button);
    return { host, update: () => void fill(spot, button) };
  }

  return { create };
})();
Object.assign(globalThis, { Line });
