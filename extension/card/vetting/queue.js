// Goes through the new followers one card at a time: arrow keys turn, a decision goes on to the next.
"use strict";

const VetQueue = (() => {
  /** @type {PersonKey[]} */
  let people = [];

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
    card.node.addEventListener("keydown", (event) => {
      const to = at + ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0);
      const inField = /^(?:INPUT|TEXTAREA)$/.test(/** @type {Element} */ (event.target).tagName);
      if (to !== at && people[to] && !inField) turn(to, show, done);
    });
    card.node.focus({ preventScroll: true });
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
