// Tests that an open card shows what another machine changed, without disturbing its reader or writer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../page.mjs";
import { CARD, NOTE, box, key, open } from "./card_page.mjs";

/** A card whose notebook is shared; `said` is what the companion holds by now. */
async function openShared(live = true) {
  const said = { text: NOTE.text, rev: 4, fresh: true, asked: 0 };
  const opened = await open({
    "person.get": () => {
      said.asked += 1;
      const note = { ...NOTE, text: said.text, rev: said.rev };
      return { card: { ...CARD, live, note }, fresh: said.fresh, status: { state: "connected" } };
    },
  });
  return { ...opened, said };
}

test("a note that was written on another machine is on the open card at the next look", async () => {
  const { card, text, said } = await openShared();
  Object.assign(said, { text: "Promised her the interview.", rev: 5 });
  await card.news.look();
  assert.match(text(), /Promised her the interview\./);
  assert.equal(card.card.note.rev, 5, "the next save goes over the text that is shown");
});

test("looks go on while the card is open, and end with it", async () => {
  const { card, said } = await openShared();
  assert.notEqual(card.news.timer, undefined);
  card.node.remove();
  await card.news.look();
  assert.equal(card.news.timer, undefined);
  assert.equal(said.asked, 1);
});

test("a look that is answered after a later question covers nothing of its answer", async () => {
  const held = [];
  let hold = false;
  const told = (words) => ({
    card: { ...CARD, live: true, note: { ...NOTE, text: words, rev: 5 } }, fresh: true, status: { state: "connected" },
  });
  const { window, card, text } = await open({
    "person.get": () => (hold ? new Promise((done) => held.push(done)) : told("Before")),
  });
  hold = true;
  const [look, load] = [card.news.look(), card.load()];
  await until(window, () => held.length === 2);
  held[1](told("Newer"));
  await load;
  held[0](told("Older"));
  await look;
  assert.match(text(), /Newer/);
});

test("where nothing is shared nothing is asked again and again", async () => {
  const { card } = await openShared(false);
  assert.equal(card.news.timer, undefined);
});

test("what is being typed is not touched, and its save still meets the other text", async () => {
  const { window, card, said } = await openShared();
  key(window, card.node, "e");
  box(card).value = "Mine, half";
  box(card).dispatchEvent(new window.Event("input", { bubbles: true }));
  Object.assign(said, { text: "theirs", rev: 5 });
  await card.news.look();
  assert.equal(box(card).value, "Mine, half");
  assert.equal(card.card.note.rev, 4);
});

test("a companion that is away changes nothing on the card", async () => {
  const { card, text, said } = await openShared();
  Object.assign(said, { text: "an old copy", fresh: false });
  await card.news.look();
  assert.match(text(), /Phone first/);
});

test("a look that finds nothing new draws nothing, so that what is open stays", async () => {
  const { card } = await openShared();
  const link = card.node.querySelector("a");
  await card.news.look();
  assert.ok(link.isConnected);
});
