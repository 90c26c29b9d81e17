// The line in X's hover card: score ring, state and the note's first line; a click opens the card.
"use strict";

const HoverLine = (() => {
  /**
   * @param {Card | Badge} person
   * @returns {string} their tags, then the note's first line, else the relation in a sentence
   */
  function second(person) {
    const { note, judgement } = /** @type {Card} */ (person);
    const tags = person.tags.map((tag) => (typeof tag === "string" ? tag : tag.name)).join(", ");
    const words =
      (note && note.text?.split("\n")[0]) ||
      judgement?.sentence ||
      (tags ? "" : Wording.follows(person.follows_me, person.i_follow));
    return [tags, words].filter(Boolean).join(" · ");
  }

  /** @param {Element} button @param {Card | Badge} person */
  function draw(button, person) {
    const judgement = /** @type {Card} */ (person).judgement;
    const state = Wording.stateTitle(judgement?.state ?? person.state, judgement?.was);
    const words = second(person);
    button.replaceChildren(CardParts.ring(/** @type {Card} */ (person), 32),
      Dom.h("span", { class: "words" },
        Dom.h("span", { class: "state" }, person.alias ? Dom.h("bdi", { class: "private" }, person.alias) : state),
        Dom.h("span", { class: "why private", dir: "auto" }, person.alias ? `${state}. ${words}` : words)));
  }

  /** @param {Spot} spot @param {Element} button */
  async function fill(spot, button) {
    try {
      const { id } = spot.about?.() ?? {};
      const person = id ? { id, handle: spot.handle } : { handle: spot.handle };
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
    button.addEventListener("click", (event) => Mark.open(spot, button, { at: /** @type {MouseEvent} */ (event) }));
    root.append(Dom.h("div", { class: "linebox" }, button, Vet.button(spot, host)));
    draw(button, badge ?? CardParts.blank(spot.handle));
    void fill(spot, button);
    return { host, update: () => void fill(spot, button) };
  }

  return { create };
})();
Object.assign(globalThis, { HoverLine });
