// Tests that a vetting report on older facts never replaces one on newer facts, in whatever order the answers come.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCardPage, until } from "../../page.mjs";
import { badge } from "../../x_page.mjs";

const CARD = {
  ...badge({ id: "2000004", handle: "bolaprints" }), note: null, tags: [], former: [], recycled: null, relation: {},
  trend: [], last: {}, seen: {}, coverage: {},
  judgement: { value: null, state: "unknown", balance: { you: 0, they: 0 }, reasons: [], sentence: "" },
};

/** A report with this verdict. */
const report = (verdict) => ({
  id: "2000004", handle: "bolaprints", fingerprint: "a:b:c", wait_days: 30,
  tree: [
    "section", {}, ["div", { class: "top" }, ["h3", {}, verdict]], ["p", { class: "unseen", hidden: true }],
    ["div", {}, ...["follow_back", "wait", "no", "undo"].map((one) => ["button", { "data-as": one }, one])],
  ],
});

/** A card whose reports are answered one by one: `asked` holds the requests that wait for an answer, oldest first. */
async function open() {
  const asked = [];
  const window = await openCardPage({
    answer: (name, { look }) => {
      if (name !== "vet.get") return { card: CARD, status: { state: "connected" } };
      return new Promise((resolve) => asked.push({ look, say: (verdict) => resolve(report(verdict)) }));
    },
  });
  const card = new window.PersonCard({ handle: "bolaprints", id: "2000004" }, true);
  window.document.body.append(card.node);
  await card.load();
  const next = async () => {
    await until(window, () => asked.length > 0);
    return asked.shift();
  };
  const shows = (verdict) => until(window, () => card.node.querySelector("section h2")?.textContent === verdict);
  return { window, card, next, shows };
}

test("a look overtaken by newer facts does not cover them, and what it found is asked for with them", async () => {
  const { window, card, next, shows } = await open();
  const opened = window.Vet.open(card);
  (await next()).say("nothing seen");
  const look = await next();
  assert.equal(look.look, true);
  window.Vet.refresh(card);
  (await next()).say("follows you");
  await shows("follows you");
  look.say("nothing seen, link looked at");
  const again = await next();
  assert.equal(again.look, false, "nothing is opened a second time");
  await shows("follows you");
  again.say("follows you, link looked at");
  await opened;
  await shows("follows you, link looked at");
});

test("of two reports on what the page delivered the newer one stays", async () => {
  const { window, card, next, shows } = await open();
  const opened = window.Vet.open(card, { look: false });
  (await next()).say("nothing seen");
  await opened;
  window.Vet.refresh(card);
  window.Vet.refresh(card);
  const older = await next();
  (await next()).say("follows you");
  await shows("follows you");
  older.say("nothing seen");
  await new Promise((resolve) => { window.setTimeout(resolve, 0); });
  await shows("follows you");
});

test("facts that arrive while the first report is on its way are in it", async () => {
  const { window, card, next, shows } = await open();
  const opened = window.Vet.open(card, { look: false });
  const first = await next();
  window.Vet.refresh(card);
  first.say("nothing seen");
  (await next()).say("follows you");
  await opened;
  await shows("follows you");
});

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Page, companion and press as steps that go on in an order of chance: a request is read and then answered, a look
 * ends and is then read and answered, facts come in and their news then reaches the card. As the background does
 * (`vetGet`), a report that was read before the look had ended is followed by a look of its own.
 */
class Companion {
  facts = 0;
  looked = false;
  pressed = false;
  refresh = () => {};
  /** @type {{turns: number, step: () => void | (() => void)}[]} on its way; a step returns what is left of it */
  going = [];

  constructor(seed) {
    this.random = chance(seed);
  }

  below = (most) => Math.floor(this.random() * most);

  /** What a fresh report says. */
  verdict = () => `${this.facts} facts, ${this.looked ? "looked" : "not looked"}`;

  /** Lets a step come after some turns of chance. */
  send = (step, most) => this.going.push({ turns: this.below(most), step });

  look = (then) => this.send(() => { this.looked = true; return then; }, 12);

  answer = ({ look, looking }) => new Promise((resolve) => {
    this.pressed ||= look;
    const read = () => {
      const says = this.verdict();
      if (this.pressed && !this.looked && !looking) this.look(this.refresh);
      return () => resolve(report(says));
    };
    if (look) this.look(read);
    else this.send(read, 4);
  });

  /** Lets everything arrive, one step of one thing at a time. */
  async drain() {
    while (this.going.length > 0) {
      const [one] = this.going.splice(this.below(this.going.length), 1);
      const left = one.turns > 0 ? undefined : one.step();
      if (one.turns > 0) this.going.push({ ...one, turns: one.turns - 1 });
      else if (typeof left === "function") this.send(left, 8);
      await new Promise(setImmediate);
    }
  }
}

test("after any of 600 orders of page, look and press the open report says what a fresh one says", async () => {
  let companion;
  const window = await openCardPage({
    answer: (name, params) =>
      name === "vet.get" ? companion.answer(params) : { card: CARD, status: { state: "connected" } },
  });
  for (let seed = 1; seed <= 600; seed += 1) {
    companion = new Companion(seed);
    const { below, send } = companion;
    const card = new window.PersonCard({ handle: "bolaprints", id: "2000004" }, true);
    await card.load();
    companion.refresh = () => window.Vet.refresh(card);
    const page = () => { companion.facts += 1; return companion.refresh; };
    for (let pages = below(7); pages > 0; pages -= 1) send(page, 12);
    for (let presses = 1 + below(2); presses > 0; presses -= 1) {
      const look = below(3) > 0;
      send(() => { void window.Vet.open(card, { look }); }, 12);
    }
    await companion.drain();
    assert.equal(card.node.querySelector("section h2").textContent, companion.verdict(), `order ${seed}`);
    assert.equal(card.node.querySelectorAll("section").length, 1, `order ${seed}`);
  }
});
