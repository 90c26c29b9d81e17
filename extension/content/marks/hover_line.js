// The line in X's hover card: score ring, state, tags and the relation in a sentence; a click opens the card.
"use strict";

const HoverLine = (() => {
  /** @typedef {Api["line.get"]["result"]} LineFacts */

  /** @param {Badge} badge @returns {LineFacts} what the mark's data tells, shown until the rest arrives */
  function fromBadge(badge) {
    const { alias, tags, note, follows_me, i_follow, score, state } = badge;
    return { alias, tags, note, follows_me, i_follow, value: score, state, was: null, confidence: 0, sentence: "" };
  }

  /** @type {LineFacts} */
  const NOBODY = {
    alias: null, tags: [], note: false, follows_me: null, i_follow: null, value: null, state: "unknown", was: null,
    confidence: 0, sentence: "",
  };

  /** @param {LineFacts} facts @returns {string} their tags, then the relation in a sentence */
  function second(facts) {
    const tags = facts.tags.join(", ");
    const words = facts.sentence || (tags ? "" : Wording.follows(facts.follows_me, facts.i_follow));
    return [tags, facts.note ? Dom.t("nameNote") : "", words].filter(Boolean).join(" · ");
  }

  /** @param {HTMLElement} button @param {string} handle @param {LineFacts} facts */
  function draw(button, handle, facts) {
    const state = Wording.stateTitle(facts.state, facts.was);
    const [top, below] = facts.alias ? [facts.alias, `${state}. ${second(facts)}`] : [state, second(facts)];
    const number = facts.value === null ? "?" : String(facts.value);
    const ring = Charts.ring(facts.value, facts.confidence, 32, 5);
    button.setAttribute("aria-label", Dom.t("nameOpenCard", [`@${handle}`, [number, top, below].join(". ")]));
    button.replaceChildren(
      Dom.h("span", { class: "ringbox" }, ring, Dom.h("b", { "data-word": number })),
      Dom.h("span", { class: "state", "data-word": top }),
      Dom.h("span", { class: "why", "data-word": below }),
    );
  }

  /** @param {Spot} spot @param {HTMLElement} button */
  async function fill(spot, button) {
    try {
      const { id } = spot.about?.() ?? {};
      const person = id ? { id, handle: spot.handle } : { handle: spot.handle };
      draw(button, spot.handle, await Protocol.send("line.get", { viewer: Viewer.now(), person }));
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
    const button = Dom.h("button", { type: "button", "aria-haspopup": "dialog" });
    button.addEventListener("click", (event) => Mark.open(spot, button, { at: /** @type {MouseEvent} */ (event) }));
    root.append(Dom.h("div", { class: "line" }, button, VetButton.create(spot, host)));
    draw(button, spot.handle, badge ? fromBadge(badge) : NOBODY);
    void fill(spot, button);
    return { host, update: () => void fill(spot, button) };
  }

  return { create };
})();
Object.assign(globalThis, { HoverLine });
