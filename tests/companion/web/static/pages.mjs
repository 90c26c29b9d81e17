// Opens small pages for tests of the dashboard's scripts, with a scripted fetch that records what is sent.
import { makePage, runModule, text } from "../../../extension/module_page.mjs";

const STATIC = "companion/web/static";

/** A response of the companion. */
export const reply = (body, status = 200) => ({ ok: status < 300, status, json: async () => body });

/** What jsdom lacks of dialogs and scrolling. */
function fillIn(window) {
  window.HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  window.Element.prototype.scrollIntoView = function () { this.dataset.scrolled = "true"; };
  window.Blob.prototype.arrayBuffer ??= function () { return new window.Response(this).arrayBuffer(); };
}

/**
 * @param {string} body @param {(url: string, init: any) => any} [fetch]
 * @returns {any} the page, with `calls` that its script sent
 */
export function dashboardPage(body, fetch = () => reply({})) {
  const page = makePage(`<!doctype html><html lang="en"><body>${body}</body></html>`, "http://127.0.0.1:17653/web/");
  fillIn(page.window);
  page.calls = [];
  page.window.fetch = async (url, init = {}) => {
    page.calls.push({ url: String(url), ...init });
    return fetch(String(url), init);
  };
  return page;
}

/** Runs a classic script in a page, as one in its head runs, and then tells that the whole page is there. */
export function run(page, file) {
  page.window.eval(text(`${STATIC}/${file}`));
  page.window.document.dispatchEvent(new page.window.Event("DOMContentLoaded"));
}

/** Runs a module script in a page. */
export function runStatic(page, file) {
  return runModule(page, `${STATIC}/${file}`);
}

/** Chooses a file in the page's file field. */
export function choose(page, file) {
  const input = page.window.document.getElementById("file");
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  input.dispatchEvent(new page.window.Event("change"));
}

/** Sends a drag event, with a file if there is one, and says whether the browser's own handling was prevented. */
export function drag(page, target, kind, file = null) {
  class DragEvent extends page.window.Event {
    dataTransfer = file ? { files: [file] } : null;
  }
  page.window.DragEvent = DragEvent;
  return !target.dispatchEvent(new DragEvent(kind, { cancelable: true, bubbles: true }));
}
