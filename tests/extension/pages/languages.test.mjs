// Tests the pages in other languages: nothing untranslated on the screen, the direction, plurals by the language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../module_page.mjs";
import { catalogueOf, openExtensionPage } from "./extension_page.mjs";

const STATUS = { state: "connected", message: "", last_ack: { at: 1, op: "a" }, waiting: 3, parked: [], unread: 2 };
const VISIT = {
  page: "home", at: 1, counts: { name: 2 }, anchor: { name: 2 }, tap: true, failing: [],
};
const OPTIONS = {
  port: 17653, tap: true, blur: false, hidden: false, toolbar: true, features: {}, selectors: {},
};
const ANSWERS = {
  "options.get": () => OPTIONS, "status.get": () => STATUS, "queue.retry": () => STATUS,
  "page_health.get": () => ({ visits: [VISIT], log: [], version: "0", dropped: 4 }),
  "vet.topics": () => ({ topics: ["riso"] }), "pair.offer": () => ({ fingerprint: "K7QX-2MNP", port: 17653 }),
  "vet.followers": () => ({ people: [], total: 0 }), "vet.queue": () => ({ people: [], waiting: 0, whole: true }),
  "recent.get": () => ({ people: [] }), "search.find": () => ({ people: [] }), "tags.get": () => ({ tags: [] }),
  "chats.get": () => ({ chats: [] }), "lists.get": () => ({ lists: [], shown: "", people: [], left_out: 0 }),
};

/** English with marks around every message: what stands outside them on the screen was not translated. */
const pseudo = Object.fromEntries(Object.entries(catalogueOf("en")).map(([key, { message }]) =>
  [key, { message: key === "locale" ? message : `⟦${message}⟧` }]));

/** @param {string} text @returns {string} what stands outside the marks */
function outside(text) {
  let depth = 0;
  return [...text].filter((letter) => {
    depth += letter === "⟦" ? 1 : 0;
    const kept = depth === 0;
    depth -= letter === "⟧" ? 1 : 0;
    return kept;
  }).join("").replace(/\s+/g, " ");
}

/** @param {Document} page without the names of languages, each of which stands in its own language everywhere */
function withoutLanguages(page) {
  for (const name of page.querySelectorAll("option[lang]")) name.remove();
  return page;
}

/** @param {Document} page @returns {string[]} what is seen, and the attributes that are shown or read out */
function texts(page) {
  const named = [...page.querySelectorAll("[aria-label], [title], [placeholder]")]
    .flatMap((node) => ["aria-label", "title", "placeholder"].map((name) => node.getAttribute(name)));
  return [page.body.textContent, ...named.filter((value) => value && value !== "ABCDE-23456")];
}

for (const name of ["options", "panel", "welcome"]) {
  test(`on the page ${name} nothing stands outside the catalogue`, async () => {
    const window = await openExtensionPage(name, ANSWERS, "", {}, pseudo);
    await until(() => window.document.body.textContent.includes("⟦"));
    const left = () => texts(withoutLanguages(window.document)).map(outside).filter((text) => /\p{L}/u.test(text));
    await new Promise((done) => { setTimeout(done, 30); }); // what the page asks for has come too, or comes in words
    await until(() => left().length === 0).catch(() => assert.deepEqual(left(), []));
  });

  test(`the page ${name} in Arabic runs from right to left and says so`, async () => {
    const window = await openExtensionPage(name, ANSWERS, "", {}, catalogueOf("ar"));
    await until(() => window.document.documentElement.lang === "ar");
    assert.equal(window.document.documentElement.dir, "rtl");
    assert.match(window.document.body.textContent, /\p{Script=Arabic}/u);
  });
}

test("what is counted stands in the form of its language, whatever the browser's is", async () => {
  const expected = {
    en: { 0: "0 versions", 1: "1 version", 2: "2 versions" },
    fr: { 1: "1 version", 2: "2 versions" },
    ja: { 1: "1版", 3: "3版" },
    ar: { 0: "النسخ: 0", 1: "نسخة واحدة", 2: "نسختان", 3: "3 نسخ", 11: "11 نسخة", 100: "النسخ: 100" },
  };
  for (const [language, forms] of Object.entries(expected)) {
    const window = await openExtensionPage("welcome", ANSWERS, "", {}, catalogueOf(language));
    for (const [number, words] of Object.entries(forms)) {
      assert.equal(window.Plural.count("versions", Number(number), number), words, `${language} ${number}`);
    }
  }
});

test("dates follow the words, not the browser: a page is in one language", async () => {
  const window = await openExtensionPage("welcome", ANSWERS, "", {}, catalogueOf("de"));
  assert.equal(window.Dom.language(), "de");
  const without = Object.fromEntries(Object.entries(catalogueOf("en")).filter(([key]) => key !== "locale"));
  const other = await openExtensionPage("welcome", ANSWERS, "", {}, without);
  assert.match(other.Dom.language(), /^en/, "a page that an update left behind asks the browser");
});

test("a chosen language stands on every page, whatever the browser's: words, plurals, dates, direction", async () => {
  const arabic = Object.fromEntries(Object.entries(catalogueOf("ar")).map(([key, { message }]) => [key, message]));
  for (const name of ["options", "panel", "welcome"]) {
    const window = await openExtensionPage(name, ANSWERS, "", {}, undefined, { words: arabic });
    await until(() => window.document.documentElement.lang === "ar");
    assert.equal(window.document.documentElement.dir, "rtl", name);
    assert.equal(window.Plural.count("versions", 3, 3), "3 نسخ");
    assert.equal(window.Dom.t("frameTitle", "@wren"), arabic.frameTitle.replace("$1", "@wren"));
  }
});
