// Tests the chosen language: the words of every part come from its catalogue, and go back to the browser's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Browser, CONTENT, VIEWER, WREN } from "./browser.mjs";

const catalogue = (folder) =>
  JSON.parse(readFileSync(new URL(`../../../extension/_locales/${folder}/messages.json`, import.meta.url), "utf8"));
const words = (browser) => browser.storage.data.words;

test("the chosen language's words are kept for every page, all of them, with their places numbered", async () => {
  const browser = await new Browser().wake();
  const options = await browser.send("options.set", { language: "ja" });
  assert.equal(options.language, "ja");
  assert.deepEqual(Object.keys(words(browser)).sort(), Object.keys(catalogue("ja")).sort());
  assert.equal(words(browser).locale, "ja");
  await browser.send("options.set", { language: "en" });
  assert.equal(words(browser).paletteDo, "Do with $1");
});

test("the background speaks it at once and after a new start: its menu, and what it says of the link", async () => {
  const browser = await new Browser().wake();
  await browser.send("options.set", { language: "de" });
  const german = catalogue("de");
  const said = async () => (await browser.send("status.get", {})).message;
  assert.equal(await said(), german.link_unpaired.message);
  assert.equal(browser.chrome.contextMenus.items.at(-1).title, german.menuSearch.message);
  await browser.wake();
  assert.equal(await said(), german.link_unpaired.message);
});

test("the companion is told the language, so that what it refuses is said in it", async () => {
  const browser = await (await new Browser().wake()).pair();
  await browser.send("options.set", { language: "pt_BR" });
  browser.companion.answers["/v1/person"] = ({ person }) => [200, { ...person, tags: [], note: null }];
  await browser.send("person.get", { viewer: VIEWER, person: WREN });
  assert.equal(browser.companion.calls.at(-1).headers["Accept-Language"], "pt-BR");
});

test("the dashboard is opened in it", async () => {
  const browser = await (await new Browser().wake()).pair();
  const url = "http://mutuals-1.localhost:17653/web/enter/secret?to=/web";
  browser.companion.answers["/v1/dashboard"] = () => [200, { url }];
  const opened = [];
  browser.chrome.tabs.create = async (tab) => { opened.push(tab.url); };
  await browser.send("dashboard.open", {});
  await browser.send("options.set", { language: "ar" });
  await browser.send("dashboard.open", {});
  assert.deepEqual(opened, [url, `${url}&language=ar`]);
});

test("as the browser: the kept words go, and the browser's are asked again", async () => {
  const browser = await new Browser().wake();
  await browser.send("options.set", { language: "fr" });
  await browser.send("options.set", { language: "" });
  assert.equal(words(browser), undefined);
  assert.match((await browser.send("status.get", {})).message, /^link_/);
});

test("what is no catalogue of ours is refused, and nothing changes", async () => {
  const browser = await new Browser().wake();
  await browser.send("options.set", { language: "es" });
  for (const language of ["../es", "xx", "de/../es", "http://evil.example"]) {
    await assert.rejects(browser.send("options.set", { language }), /optionsLanguageBad|habla/, language);
  }
  assert.equal(words(browser).locale, "es");
});

test("X's page may not choose it", async () => {
  const browser = await new Browser().wake();
  await assert.rejects(browser.send("options.set", { language: "de" }, CONTENT));
  assert.equal(words(browser), undefined);
});

test("an update reads the catalogue anew", async () => {
  const browser = await new Browser().wake();
  await browser.send("options.set", { language: "ko" });
  browser.storage.data.words = { locale: "ko", close: "old" };
  await browser.wake();
  for (const listener of browser.chrome.runtime.onInstalled.listeners) listener({ reason: "update" });
  for (let turn = 0; turn < 200 && words(browser).close === "old"; turn += 1) await new Promise(setImmediate);
  assert.equal(words(browser).close, catalogue("ko").close.message);
});

const WORDLESS = { getMessage: () => "" };

/** A browser in some language with the extension just installed. `own`: what else it answers about languages. */
async function installed(language, own = {}) {
  const browser = new Browser();
  browser.i18n = { getUILanguage: () => language, ...own };
  await browser.wake();
  for (const listener of browser.chrome.runtime.onInstalled.listeners) listener({ reason: "install" });
  for (let turn = 0; turn < 200 && !browser.storage.data.spareWords; turn += 1) await new Promise(setImmediate);
  return browser;
}

for (const [language, folder] of [
  ["en-US", "en"], ["pt-BR", "pt_BR"], ["es-419", "es"], ["de", "de"], ["zh-CN", "en"], ["fil", "en"],
]) {
  test(`the words of a browser in ${language} are kept once it is installed: ${folder}`, async () => {
    assert.equal((await installed(language)).storage.data.spareWords.locale, catalogue(folder).locale.message);
  });
}

test("where the browser has no words for the background, it speaks by those of the browser's language", async () => {
  const browser = await installed("fr-CA", WORDLESS);
  const { message } = await browser.send("status.get", {});
  assert.equal(message, catalogue("fr").link_unpaired.message);
});

test("the chosen language comes before the browser's, also where that one has no words", async () => {
  const browser = await installed("fr", WORDLESS);
  await browser.send("options.set", { language: "ko" });
  await browser.wake();
  assert.equal((await browser.send("status.get", {})).message, catalogue("ko").link_unpaired.message);
});

test("a browser that starts in another language has its words kept, and the chosen stay as they are", async () => {
  const browser = await installed("en-US");
  await browser.send("options.set", { language: "ko" });
  browser.i18n = { getUILanguage: () => "de" };
  await browser.wake();
  browser.storage.data.words.close = "as it was";
  for (const listener of browser.chrome.runtime.onStartup.listeners) listener();
  const spare = () => browser.storage.data.spareWords.locale;
  for (let turn = 0; turn < 200 && spare() !== "de"; turn += 1) await new Promise(setImmediate);
  assert.deepEqual([spare(), words(browser).close], ["de", "as it was"]);
});
