// Tests the direction of use between the folders of the extension's classic scripts, which share namespaces.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../extension/", import.meta.url);
const FOLDERS = ["lib", "drawing", "content", "card"];
/** Lowest first: a file names only namespaces of its own layer and of those before it. */
const LAYERS = [
  "lib/", "drawing/", "content/x/", "content/marks/", "content/frame/", "content/features/", "content/main.js",
  "content/pairing/",
];
const scripts = FOLDERS.flatMap((folder) => readdirSync(new URL(folder, ROOT), { recursive: true })
  .filter((name) => name.endsWith(".js"))
  .map((name) => `${folder}/${name}`));
const texts = new Map(scripts.map((path) => [path, readFileSync(new URL(path, ROOT), "utf8")]));

/** The code alone: no comments and no texts in quotes, in which a namespace's name is only a word. */
const code = (text) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*|\s\/\/ .*/gm, "").replace(/"[^"\n]*"/g, "\"\"");

/** Namespace -> the file that defines it. */
const owners = new Map([...texts].flatMap(([path, text]) =>
  [...text.matchAll(/Object\.assign\(globalThis, \{ ([\w, ]+?) \}/g)]
    .flatMap((match) => match[1].split(", ").map((name) => [name, path]))));

/** Every use of another file's namespace, as [user, owner]. */
const uses = [...texts].flatMap(([path, text]) => {
  const named = new Set(code(text).match(/\b[A-Z]\w*\b/g));
  return [...owners].filter(([name, owner]) => owner !== path && named.has(name)).map(([, owner]) => [path, owner]);
});
const between = (from, to) => [...new Set(uses
  .filter(([user, owner]) => user.startsWith(from) && owner.startsWith(to))
  .map(([user, owner]) => `${user} > ${owner}`))].sort();
const layer = (path) => LAYERS.findIndex((start) => path.startsWith(start));

test("the namespaces and their uses are found", () => {
  assert.equal(owners.get("Selectors"), "content/x/selectors.js");
  assert.ok(uses.some(([user, owner]) => user === "content/features/badge.js" && owner === "content/x/reader.js"));
});

test("every content script belongs to a layer", () => {
  assert.deepEqual(scripts.filter((path) => path.startsWith("content/") && layer(path) < 0), []);
});

test("content scripts name only what stands on their own layer or below: x, marks, frame, features, main", () => {
  const upward = uses.filter(([user, owner]) => layer(user) >= 0 && layer(owner) > layer(user));
  assert.deepEqual(upward.map(([user, owner]) => `${user} > ${owner}`), []);
});

test("nothing in lib or drawing names the card, and what is drawn knows nothing of X's page", () => {
  const found = [between("lib/", "card/"), between("drawing/", "card/"), between("drawing/", "content/")];
  assert.deepEqual(found.flat(), []);
});

test("content scripts name nothing of the card, whose words would stand in X's document then", () => {
  assert.deepEqual(between("content/", "card/"), []);
});

test("the card, which runs in a frame of its own, names nothing of the content scripts", () => {
  assert.deepEqual(between("card/", "content/"), []);
});

test("only card.html loads the card: X's page gets none of its files", () => {
  const manifest = JSON.parse(readFileSync(new URL("manifest.json", ROOT), "utf8"));
  const loaded = manifest.content_scripts.flatMap(({ js }) => js);
  assert.deepEqual(loaded.filter((path) => path.startsWith("card/")), []);
});

test("what stands in X's document is drawn as attributes: no text node of ours, no field to type into", () => {
  const drawing = scripts.filter((path) => /^content\/(?:marks|frame|features)\//.test(path));
  const fallback = "content/frame/card_frame.js"; // says, without a private word, that there is no card
  const writing = /textContent|innerText|createTextNode|h\("(?:input|textarea|select)"|placeholder|fillText/;
  assert.deepEqual(drawing.filter((path) => path !== fallback && writing.test(texts.get(path))), []);
});
