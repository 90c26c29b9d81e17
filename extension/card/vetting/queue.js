// Goes through the new followers one card at a time: arrow keys turn, a decision goes on to the next.
"use strict";

const VetQueue = (() => {
  const SWIPE_PX = 60; // less is a tap that slipped
  /** @type {PersonKey[]} */
  let people = [];

  /** @param {number} at @param {(step: number) => void} go @returns {Element} buttons to the one before and the next */
  function buttons(at, go) {
    const button = (/** @type {string} */ word, /** @type {number} */ step, /** @type {string} */ key) => Dom.h(
      "button",
      {
        "type": "button", "class": "btn", "aria-keyshortcuts": key, "disabled": !people[at + step],
        "onclick": () => go(step),
      },
      Dom.t(word),
    );
    return Dom.h("div", { class: "picks" }, button("queueBack", -1, "ArrowLeft"), button("queueOn", 1, "ArrowRight"));
  }

  /** @param {HTMLElement} node @param {(step: number) => void} go 1 for a finger that moves left, -1 for right */
  function onSwipe(node, go) {
    /** @type {{x: number, y: number} | null} */
    let from = null;
    node.addEventListener("touchstart", ({ touches: [{ clientX: x, clientY: y }] }) => { from = { x, y }; },
      { passive: true });
    node.addEventListener("touchend", ({ changedTouches: [{ clientX, clientY }] }) => {
      if (!from) return;
      const [dx, dy] = [clientX - from.x, clientY - from.y];
      from = null;
      if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy)) go(dx < 0 ? 1 : -1);
    }, { passive: true });
  }

  /**
   * Shows one of them with what was seen; looks at link and photo only when asked to.
   * @param {number} at place in the queue
   * @param {(person: PersonKey) => PersonCard} show draws a card in place of the one before
   * @param {() => void} done
   */
  function turn(at, show, done) {
    const person = people[at];
    if (!person) return done();
    const card = show(person);
    void card.load();
    void Vet.open(card, { look: false, then: () => turn(at + 1, show, done) });
    const go = (/** @type {number} */ step) => { if (step && people[at + step]) turn(at + step, show, done); };
    card.node.addEventListener("keydown", (event) => {
      const inField = /^(?:INPUT|TEXTAREA)$/.test(/** @type {Element} */ (event.target).tagName);
      if (!inField) go({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0);
    });
    onSwipe(card.node, go);
    card.node.append(buttons(at, go));
    HeldFocus.give(card.node);
  }

  /** @param {(person: PersonKey) => PersonCard} show @param {() => void} done called when nobody is left */
  async function start(show, done) {
    const found = await Protocol.send("vet.queue", { viewer: Session.viewer() });
    people = found.people.map(({ badge: { id, handle } }) => ({ id, handle }));
    turn(0, show, done);
  }

  return { start };
})();
Object.assign(globalThis, { VetQueue });
