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
