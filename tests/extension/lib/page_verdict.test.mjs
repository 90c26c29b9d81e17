// Tests that a place of X's page counts as broken only after three visits in a row without it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../page.mjs";

const { PageVerdict } = openPage({ files: ["lib/page_verdict.js"] });
const visit = (counts, at, page = "home") => ({ page, at, counts, anchor: {}, tap: true, failing: [] });

test("three misses in a row are a verdict with its first day, two are not", () => {
  const history = [visit({ post: 5 }, 1), visit({ post: 0 }, 2), visit({ post: 0 }, 3)];
  assert.deepEqual(PageVerdict.broken(history).length, 0);
  const [broken] = PageVerdict.broken([...history, visit({ post: 0 }, 4)]);
  assert.deepEqual({ ...broken }, { place: "post", page: "home", since: 2 });
});

test("visits that did not look for a place, as before an update, say nothing about it", () => {
  const older = [1, 2, 3].map((at) => visit({ post: 4 }, at));
  const looked = [4, 5].map((at) => visit({ post: 4, userCell: 0 }, at));
  assert.equal(PageVerdict.broken([...older, ...looked]).length, 0);
  const [broken] = PageVerdict.broken([...older, ...looked, visit({ post: 4, userCell: 0 }, 6)]);
  assert.deepEqual({ ...broken }, { place: "userCell", page: "home", since: 4 });
});

test("one good visit clears the verdict, and other kinds of page do not matter", () => {
  const misses = [1, 2, 3].map((at) => visit({ post: 0 }, at));
  assert.equal(PageVerdict.broken([...misses, visit({ post: 1 }, 4)]).length, 0);
  assert.equal(PageVerdict.broken([visit({ post: 1 }, 0, "status"), ...misses]).length, 1);
});
