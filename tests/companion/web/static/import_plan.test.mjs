// Tests which bytes of an archive are uploaded: the members that the import opens and the directory, no media.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plan } from "../../../../companion/web/static/import-plan.js";

const KINDS = new Set(["tweets", "like"]);

/** A number in little-endian bytes. */
const le = (value, size) => Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** at) % 256);

/** A zip of stored members (name -> content), after `before` foreign bytes, and where each member begins. */
function zip(members, { before = 0, comment = "" } = {}) {
  const bytes = Array(before).fill(0), at = {}, table = [];
  for (const [name, content] of Object.entries(members)) {
    at[name] = bytes.length - before;
    const sizes = [...le(0, 4), ...le(content.length, 4), ...le(content.length, 4), ...le(name.length, 2), ...le(0, 2)];
    const letters = [...new TextEncoder().encode(name)];
    bytes.push(...le(0x04034b50, 4), ...le(20, 2), ...le(0, 8), ...sizes, ...letters);
    bytes.push(...new TextEncoder().encode(content));
    table.push(...le(0x02014b50, 4), ...le(20, 2), ...le(20, 2), ...le(0, 8), ...sizes, ...le(0, 2), ...le(0, 2));
    table.push(...le(0, 2), ...le(0, 4), ...le(at[name], 4), ...letters);
  }
  at.directory = bytes.length - before;
  const count = Object.keys(members).length;
  bytes.push(...table, ...le(0x06054b50, 4), ...le(0, 4), ...le(count, 2), ...le(count, 2), ...le(table.length, 4));
  bytes.push(...le(at.directory, 4), ...le(comment.length, 2), ...new TextEncoder().encode(comment));
  return { file: new Blob([new Uint8Array(bytes)]), at };
}

test("media are left out, and neighbours that are sent become one stretch", async () => {
  const { file, at } = zip({
    "data/tweets.js": "posts", "data/like.js": "likes", "data/tweets_media/film.mp4": "film", "data/ad.js": "no",
    "data/tweets-part1.js": "more",
  });
  assert.deepEqual(await plan(file, KINDS), [
    { from: 0, to: at["data/tweets_media/film.mp4"] },
    { from: at["data/tweets-part1.js"], to: at.directory },
    { from: at.directory, to: file.size },
  ]);
});

test("the forms of older archives are sent as well", async () => {
  const { file, at } = zip({ "data/js/tweets/2015_01.js": "posts", "img/x.png": "picture" });
  const [first] = await plan(file, KINDS);
  assert.deepEqual(first, { from: 0, to: at["img/x.png"] });
});

test("an archive zipped again by Windows, or its data folder's content alone, is sent", async () => {
  for (const name of ["data\\tweets.js", "data\\js\\tweets\\2015_01.js", "tweets.js", "my archive/tweets.js"]) {
    const { file, at } = zip({ [name]: "posts", "x.png": "picture" });
    assert.deepEqual((await plan(file, KINDS))[0], { from: 0, to: at["x.png"] }, name);
  }
});

test("a zip with nothing of use is its directory alone", async () => {
  const { file, at } = zip({ "holiday.jpg": "picture" });
  assert.deepEqual(await plan(file, KINDS), [{ from: at.directory, to: file.size }]);
});

test("an archive comment does not hide the directory", async () => {
  const { file, at } = zip({ "data/tweets.js": "posts" }, { comment: "made by hand" });
  assert.deepEqual((await plan(file, KINDS)).at(-1), { from: at.directory, to: file.size });
});

test("a zip whose directory is not where it says is sent whole", async () => {
  const { file } = zip({ "data/tweets.js": "posts" }, { before: 7 });
  assert.deepEqual(await plan(file, KINDS), [{ from: 0, to: file.size }]);
});

test("what is cut off or no zip at all has no plan", async () => {
  const { file } = zip({ "data/tweets.js": "posts" });
  assert.equal(await plan(file.slice(0, file.size - 10), KINDS), null);
  assert.equal(await plan(new Blob(["this is no zip"]), KINDS), null);
  assert.equal(await plan(new Blob([]), KINDS), null);
});
