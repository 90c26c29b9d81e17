// Builds pages for tests of module scripts: jsdom, and a script linked with everything that it imports.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { JSDOM } from "jsdom";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Every page of this test file; an open one keeps its timers, and with them node, alive. */
const opened = [];
after(() => opened.forEach((page) => page.window.close()));

/** @returns {string} the text of a file of this repository */
export function text(file) {
  return readFileSync(join(ROOT, file), "utf8");
}

/** @returns {JSDOM} a page in which no script has run yet */
export function makePage(html, url) {
  const page = new JSDOM(html, { url, runScripts: "outside-only", pretendToBeVisual: true });
  opened.push(page);
  return page;
}

/** Runs a module of this repository in a page, with its imports, and waits for its end. */
export async function runModule(page, file) {
  const context = page.getInternalVMContext();
  const modules = new Map();
  const load = (name) => {
    if (!modules.has(name)) modules.set(name, new vm.SourceTextModule(text(name), { context, identifier: name }));
    return modules.get(name);
  };
  const main = load(file);
  await main.link((specifier, from) => load(relative(ROOT, join(ROOT, dirname(from.identifier), specifier))));
  await main.evaluate();
}

/** Waits until something is true; there is no sleeping and hoping. */
export async function until(holds, what = "It did not come true.") {
  for (let turn = 0; turn < 500; turn += 1) {
    if (holds()) return;
    await new Promise((done) => { setTimeout(done, 5); });
  }
  throw new Error(what);
}
