// Script of the import page: uploads the archive in resumable parts and shows the progress of reading it.
import { plan } from "./import-plan.js";
import { language, wordsOf } from "./words.js";

/**
 * @typedef {{ phase: string, name: string, message: string, have: number, size: number, read: number, total: number,
 * done: number,
 *   interactions: number, left: number | null, counts: [string, string][], problems: string[] }} State
 */

const POLL_MS = 500, TRIES = 6;
const SILENT =
  "The companion does not answer. Start it, load this page again, and choose the same file: it goes on from there.";
const FIGURES = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const SAYS = /** @type {Record<string, (name: string) => string>} */ ({
  nothing: () => "",
  sending: (file) => tell("Sending {file}", { file }),
  receiving: (file) =>
    tell("{file} was sent in part. Choose the same file again, and it goes on from there.", { file }),
  asking: (file) => tell("Is {file} meant for here?", { file }),
  looking: (file) => tell("Looking through {file}", { file }),
  reading: (file) => tell("Reading {file}", { file }),
  stopped: (file) => tell("{file} was not read to its end.", { file }),
  done: (file) => tell("{file} is imported.", { file }),
  failed: (file) => tell("{file} was not imported.", { file }),
});

/** Where the focus goes when what had it is gone: the next thing to do. */
const NEXT = ["#result:not([hidden]) p:not([hidden]) a", "[data-do]:not([hidden])", ".drop:not([hidden]) input"];

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const home = part("import");
const tell = wordsOf(home);
const bar = /** @type {HTMLProgressElement} */ (part("bar"));
const input = /** @type {HTMLInputElement} */ (part("file"));
const token = home.dataset.token ?? "";
let paused = false;

class Refused extends Error {
  /** @param {{ message: string, have?: number | null }} reply */
  constructor(reply) {
    super(reply.message);
    this.have = reply.have;
  }
}

/**
 * Ask the companion.
 * @param {string} path @param {RequestInit} [how]
 * @returns {Promise<any>}
 */
async function ask(path, how = {}) {
  const answer = await fetch(`${home.dataset.calls}/${path}`, {
    ...how,
    headers: { Accept: "application/json", ...how.headers },
  });
  const reply = await answer.json();
  if (!answer.ok) throw new Refused(reply);
  return reply;
}

/** @param {string} path @param {Record<string, string | number>} [fields] */
const post = (path, fields = {}) =>
  ask(path, { method: "POST", body: new URLSearchParams({ ...fields, form_token: token }) });

/** @param {string} id @param {string} text set only when it changed, or a screen reader would say it again */
function say(id, text) {
  if (part(id).textContent !== text) part(id).textContent = text;
}

/** @param {number} bytes */
const size = (bytes) =>
  bytes >= 1e9
    ? `${(bytes / 1e9).toLocaleString(language(), FIGURES)} GB`
    : `${Math.max(0.1, bytes / 1e6).toLocaleString(language(), FIGURES)} MB`;

/** @param {number} bytes @param {number} of @param {number | null} left seconds */
function amount(bytes, of, left) {
  const values = { done: size(bytes), all: size(of) };
  if (left === null) return tell("{done} of {all}", values);
  return left < 90
    ? tell("{done} of {all}, about {seconds} s left", { ...values, seconds: Math.max(1, Math.round(left)) })
    : tell("{done} of {all}, about {minutes} min left", { ...values, minutes: Math.round(left / 60) });
}

/** @param {string} phase @param {string} name shows what belongs to a phase, and nothing else */
function enter(phase, name) {
  say("what", SAYS[phase]?.(name) ?? "");
  part("run").hidden = !["sending", "reading"].includes(phase);
  part("result").hidden = !["done", "asking"].includes(phase);
  const focused = document.activeElement;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (home.querySelectorAll("[data-for]"))) {
    one.hidden = !one.dataset.for?.split(" ").includes(phase);
  }
  if (focused instanceof HTMLElement && focused.closest("[hidden]") && home.contains(focused)) {
    const next = NEXT.map((css) => /** @type {HTMLElement | null} */ (home.querySelector(css))).find((one) => one);
    next?.focus();
  }
}

/**
 * @param {number} done
 * @param {number} of
 * @param {number | null} left seconds
 * @param {string} [more]
 * @param {number} [share] of all work, if not of this alone
 */
function progress(done, of, left, more = "", share = of ? done / of : 0) {
  bar.value = share;
  say("count", `${amount(done, of, left)}${more}`);
}

/** @param {State} state */
function draw(state) {
  enter(state.phase, state.name);
  say("wrong", state.message);
  const count = state.interactions.toLocaleString(language());
  progress(state.read, state.total, state.left, ` · ${tell("Interactions: {count}", { count })}`, state.done);
  part("counts").replaceChildren(...state.counts.map(([what, count]) => fact(what, count)));
  part("problems").hidden = state.problems.length === 0;
  part("problems").querySelector("ul")?.replaceChildren(...state.problems.map((one) => made("li", one)));
}

/** @param {string} tag @param {string} text */
function made(tag, text) {
  const found = document.createElement(tag);
  found.textContent = text;
  return found;
}

/** @param {string} what @param {string} count */
function fact(what, count) {
  const found = document.createElement("div");
  found.append(made("dt", what), made("dd", count));
  return found;
}

/** Polls and draws the state of the import while the archive is read. */
async function watch() {
  const state = /** @type {State} */ (await patiently(() => ask("state")));
  draw(state);
  if (["looking", "reading"].includes(state.phase)) setTimeout(() => guarded(watch), POLL_MS);
}

/**
 * Try again while the companion does not answer at all; what it refuses is final.
 * @template T
 * @param {() => Promise<T>} attempt
 */
async function patiently(attempt) {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Refused || tried === TRIES) throw error;
      await new Promise((go) => setTimeout(go, 250 * 2 ** tried));
    }
  }
}

/** @param {() => Promise<void>} work shows what went wrong */
async function guarded(work) {
  try {
    await work();
  } catch (error) {
    say("wrong", error instanceof Refused ? error.message : tell(SILENT));
    if (!part("run").hidden) enter("receiving", tell("The file"));
  }
}

/** @param {File} file */
async function send(file) {
  paused = false;
  say("wrong", "");
  const stretches = await plan(file, new Set(home.dataset.kinds?.split(" ")));
  if (!stretches) {
    throw new Refused({
      message: tell("{file} is not a whole zip file. If the download was cut off, download it again.", {
        file: file.name,
      }),
    });
  }
  const sending = stretches.reduce((sum, one) => sum + one.to - one.from, 0);
  enter("sending", file.name);
  progress(0, sending, null);
  const look = /** @type {HTMLInputElement} */ (part("look")).checked ? 1 : 0;
  const upload = await post("begin", { name: file.name, size: file.size, modified: file.lastModified, sending, look });
  await pieces(file, stretches, upload, sending);
  await watch();
}

/**
 * @param {File} file
 * @param {import("./import-plan.js").Stretch[]} stretches
 * @param {{ id: string, have: number }} upload
 * @param {number} sending
 */
async function pieces(file, stretches, upload, sending) {
  const most = Number(home.dataset.part), began = performance.now();
  let have = upload.have, passed = 0, now = 0;
  for (const { from, to } of stretches) {
    for (let at = Math.max(from, have); at < to && !paused; at = Math.max(from, have)) {
      const end = Math.min(to, at + most);
      have = await piece(upload.id, at, file.slice(at, end));
      now += end - at;
      const spent = (performance.now() - began) / 1000, rest = sending - passed - (Math.min(have, to) - from);
      progress(sending - rest, sending, spent > 1 ? (spent * rest) / now : null);
    }
    passed += to - from;
  }
}

/** @param {string} upload @param {number} at @param {Blob} body @returns {Promise<number>} how far the file is there */
async function piece(upload, at, body) {
  const headers = { "X-Mutuals-Form": token, "Content-Type": "application/octet-stream" };
  try {
    return (
      await patiently(() =>
        ask(`part?upload=${encodeURIComponent(upload)}&offset=${at}`, { method: "POST", headers, body }),
      )
    ).have;
  } catch (error) {
    // it had arrived
    if (error instanceof Refused && typeof error.have === "number" && error.have > at) return error.have;
    throw error;
  }
}

/** @param {FileList | null | undefined} files */
function chosen(files) {
  const file = files?.[0];
  if (file) void guarded(() => send(file));
}

input.addEventListener("change", () => {
  chosen(input.files);
  input.value = ""; // the same file may be chosen again
});
const drop = /** @type {HTMLElement} */ (home.querySelector(".drop"));
for (const kind of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (event instanceof DragEvent && kind === "drop") chosen(event.dataTransfer?.files);
  });
}
for (const button of /** @type {NodeListOf<HTMLElement>} */ (home.querySelectorAll("[data-do]"))) {
  button.addEventListener("click", () => {
    if (button.dataset.do === "pause") paused = true;
    else void guarded(async () => (await post(button.dataset.do ?? ""), watch()));
  });
}
void guarded(watch);
