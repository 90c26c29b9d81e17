// Tests the search on X's page: what it asks, what it shows, and what its keys do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCardPage, settle, until } from "../page.mjs";
import { badge } from "../x_page.mjs";

const WREN = { ...badge({ tags: ["small press"] }), where: "tags", excerpt: "small press" };
const INES = {
  ...badge({ id: "2000003", handle: "inesmakes", name: "Ines Duarte", tags: [] }), where: "note",
  excerpt: "… the letterpress in Ibadan …",
};

/** A palette; `answers` is what is found by what was typed. */
async function open(answers = {}) {
  const asked = [];
  const window = await openCardPage({
    purpose: "palette",
    answer: (name, { q }) => {
      if (name !== "search.find") return {};
      asked.push(q);
      const found = answers[q] ?? [];
      return typeof found === "function" ? found() : { people: found };
    },
  });
  const went = [];
  window.open = (address, target) => went.push([address, target]);
  const acted = [];
  let left = 0;
  const palette = new window.Palette((person, key) => acted.push([person.handle, key]), () => { left += 1; });
  window.document.body.append(palette.node);
  const { field, node } = palette;
  const press = (key, more = {}) =>
    field.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  const type = async (text) => {
    field.value = text;
    field.dispatchEvent(new window.Event("input"));
    await until(window, () => palette.asked === text && !palette.busy);
  };
  const picks = () => [...node.querySelectorAll(".pick")].map((pick) => pick.textContent);
  const chosen = () => node.querySelector("[aria-selected=true]")?.textContent;
  await until(window, () => asked.length > 0 && !palette.busy);
  return { window, palette, node, field, asked, went, acted, press, type, picks, chosen, left: () => left };
}

test("people stand apart from words that the user wrote, with what matched marked", async () => {
  const { node, type, picks } = await open({ press: [INES, WREN] });
  await type("press");
  assert.deepEqual([...node.querySelectorAll(".head")].map((one) => one.textContent), ["People", "Words you wrote"]);
  assert.match(picks()[0], /Wren Okafor @wrenwrites.*small press/);
  assert.match(picks()[1], /Ines Duarte @inesmakes.*letterpress/);
  assert.deepEqual([...node.querySelectorAll("mark")].map((one) => one.textContent), ["press", "press"]);
});

test("arrows choose, also for a screen reader, and Enter opens the chosen one on X in X's place", async () => {
  const { node, field, type, press, went, chosen } = await open({ press: [WREN, INES] });
  await type("press");
  assert.match(chosen(), /Wren/);
  press("ArrowDown");
  press("ArrowDown");
  assert.match(chosen(), /Ines/);
  assert.equal(node.querySelector(`#${field.getAttribute("aria-activedescendant")}`).textContent, chosen());
  press("Enter");
  assert.deepEqual(went, [["https://x.com/inesmakes", "_top"]]);
});

test("Tab offers what can be done with the chosen one, and Escape goes back to those found", async () => {
  const { type, press, acted, chosen, picks } = await open({ wren: [WREN] });
  await type("wren");
  press("Tab");
  assert.match(chosen(), /Show the card/);
  press("ArrowDown");
  press("Enter");
  assert.deepEqual(acted, [["wrenwrites", "E"]]);
  press("Escape");
  assert.match(picks()[0], /Wren/);
});

test("Escape over the people found is left to the dialog", async () => {
  const { window, field, type } = await open({ wren: [WREN] });
  await type("wren");
  const escape = new window.KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
  field.dispatchEvent(escape);
  assert.equal(escape.defaultPrevented, false);
});

test("somebody without a handle is opened by their number", async () => {
  const { type, press, went } = await open({ wren: [{ ...WREN, handle: "" }] });
  await type("wren");
  press("Enter");
  assert.equal(went[0][0], `https://x.com/i/user/${WREN.id}`);
});

test("where nobody is found it says so and offers X's own search", async () => {
  const { node, type, press, went } = await open();
  await type("zither & co");
  assert.match(node.querySelector("[role=status]").textContent, /Nobody here/);
  press("Enter");
  assert.deepEqual(went, [["https://x.com/search?q=zither%20%26%20co&f=user", "_top"]]);
});

test("before anything is typed those met lately are there", async () => {
  const { node, picks } = await open({ "": [WREN] });
  assert.equal(node.querySelector(".head").textContent, "Lately");
  assert.equal(picks().length, 1);
});

test("it asks once at a time, and ends with what was typed last", async () => {
  let answer = () => {};
  const { window, field, asked, picks } = await open({
    w: () => new Promise((resolve) => { answer = () => resolve({ people: [INES] }); }), wren: [WREN],
  });
  for (const text of ["w", "wr", "wre", "wren"]) {
    field.value = text;
    field.dispatchEvent(new window.Event("input"));
  }
  await settle(window);
  assert.deepEqual(asked, ["", "w"]);
  answer();
  await until(window, () => picks().some((pick) => pick.includes("Wren")));
  assert.deepEqual(asked, ["", "w", "wren"]);
});

test("a failure is said, and the next key asks again", async () => {
  const fail = () => { throw new Error("No answer."); };
  const { node, field, window, type, picks } = await open({ x: fail, wren: [WREN] });
  field.value = "x";
  field.dispatchEvent(new window.Event("input"));
  await until(window, () => node.querySelector("[role=status]").textContent === "No answer.");
  await type("wren");
  assert.equal(picks().length, 1);
});

/** A search whose answers come when the test lets them; keys are pressed before. */
async function slow(answers) {
  const waiting = [];
  const later = (found) => () => new Promise((done) => { waiting.push(() => done({ people: found })); });
  const whole = Object.fromEntries(Object.entries(answers).map(([q, found]) => [q, later(found)]));
  const opened = await open({ "": [INES], ...whole });
  const write = (text) => {
    opened.field.value = text;
    opened.field.dispatchEvent(new opened.window.Event("input"));
  };
  const arrive = async () => {
    await until(opened.window, () => waiting.length > 0);
    waiting.shift()();
  };
  const idle = () => until(opened.window, () => !opened.palette.busy);
  return { ...opened, write, arrive, idle };
}

test("Enter pressed before the answer opens who was typed, not who stood there before", async () => {
  const { write, press, arrive, idle, went } = await slow({ wren: [WREN] });
  write("wren");
  press("Enter");
  assert.deepEqual(went, []);
  await arrive();
  await idle();
  assert.deepEqual(went, [["https://x.com/wrenwrites", "_top"]]);
});

test("Tab and what follows it, pressed before the answer, are for those found", async () => {
  const { write, press, arrive, idle, acted, chosen } = await slow({ wren: [WREN, INES] });
  write("wren");
  for (const key of ["ArrowDown", "Tab", "ArrowDown", "Enter"]) press(key);
  await arrive();
  await idle();
  assert.deepEqual(acted, [["inesmakes", "E"]]);
  assert.match(chosen(), /Note/);
});

test("keys pressed early are dropped where more is typed, by Escape, and where nothing could be found", async () => {
  const failed = () => Promise.reject(new Error("The companion is away."));
  const { write, press, arrive, idle, went } = await slow({ w: [WREN], wren: [WREN] });
  write("w");
  press("Enter");
  write("wren");
  press("Enter");
  press("Escape");
  await arrive();
  await arrive();
  await idle();
  assert.deepEqual(went, []);
  const lost = await open({ wren: failed });
  lost.field.value = "wren";
  lost.field.dispatchEvent(new lost.window.Event("input"));
  lost.press("Enter");
  await until(lost.window, () => !lost.palette.busy);
  await lost.type("");
  assert.deepEqual(lost.went, []);
});
