// Vetting for pages and panel: asks the companion and lays the report out as plain data, so that a page only has to draw it.
import { ask } from "./people.js";
import { CompanionError } from "./companion.js";

const LOOK_MS = 15_000; // link and photo have six seconds in the companion
const REASONS = ["sells_followers", "adult", "never_posts", "does_not_follow_back", "behaves_badly", "own"];
/** Signs beside the colours, for those who see none. */
const SIGNS = /** @type {Record<string, string>} */ ({ good: "✓ ", caution: "▲ ", serious: "▲▲ " });
const LINK = { target: "_blank", rel: "noopener noreferrer" };

/** @param {VetExample} example @returns {Tree} */
function link({ text, url }) {
  return ["a", { ...LINK, href: url, dir: "auto" }, text.length > 120 ? `${text.slice(0, 119)}…` : text || url];
}

/** @param {VetPiece} piece @returns {Tree} its words with a sign; behind them the examples that open */
function piece({ text, level = "plain", examples = [] }) {
  /** @type {Tree} */
  const words = level in SIGNS ? ["span", { class: level }, ["span", { "aria-hidden": "true" }, SIGNS[level]], text] : ["span", {}, text];
  return examples.length > 0 ? ["details", {}, ["summary", {}, words], ...examples.map(link)] : words;
}

/** @param {VetRow} row @returns {Tree[]} */
function row({ name, pieces, end }) {
  const told = pieces.flatMap((one, at) => (at > 0 ? [" · ", piece(one)] : [piece(one)]));
  return [["dt", {}, Dom.t(`vetRow_${name}`)], ["dd", { dir: "auto" }, ...told, ...(end ? [` ${end}`] : [])]];
}

/** @param {Answer} report @param {boolean} looking @returns {Tree} what was not seen, and where to open it */
function missing(report, looking) {
  const left = report.missing.filter((what) => !looking || what === "profile" || what === "posts");
  const open = left.some((what) => what === "profile" || what === "posts");
  const words = left.map((what) => Dom.t(`vetMissing_${what}`)).join(" ");
  /** @type {Tree[]} */
  const way = open ? [["a", { ...LINK, href: `https://x.com/${report.handle}` }, Dom.t("vetOpenProfile")]] : [];
  return ["p", { class: "unseen", role: "status" }, looking ? `${Dom.t("vetLooking")} ` : "", `${words} `, ...way];
}

/** @param {Answer} report @param {boolean} looking @returns {Tree} verdict and facts */
function facts(report, looking) {
  const kind = report.kind ? ` · ${Dom.t(`vetKind_${report.kind}`)}` : "";
  return ["div", { class: "top" },
    ["div", { class: `v ${report.verdict}` }, ["ring", { value: 100 * report.score }],
      ["div", {}, ["h3", {}, Dom.t(`vet_${report.verdict}`) + kind], ["p", { dir: "auto" }, report.line]]],
    ["dl", { class: "f" }, ...report.rows.flatMap(row)], missing(report, looking)];
}

/** @param {string} as @param {string} look @param {string} words @param {string} [key] @returns {Tree} */
function button(as, look, words, key) {
  /** @type {Tree} */
  const hint = ["kbd", { "aria-hidden": "true" }, key ?? ""];
  return ["button", { "type": "button", "class": look, "data-as": as, "aria-keyshortcuts": key ?? null }, words, ...(key ? [hint] : [])];
}

/**
 * The whole report as data: verdict, facts, then the buttons to decide, each with the decision it stands for.
 * @param {Answer} report @param {boolean} looking whether link and photo are being looked at @returns {Tree}
 */
export function layout(report, looking) {
  const days = String(report.wait_days);
  const decide = ["follow_back", "wait", "no"].map((one, at) => button(one, at === 0 ? "btn fill" : "btn", Dom.t(`vetDo_${one}`, days)));
  const chips = REASONS.map((code, at) => button(code, "chip", Dom.t(`vetReason_${code}`), String(at + 1)));
  const own = Dom.t("vetReason_own");
  return ["section", { "class": "vet", "aria-label": Dom.t("vetTitle") }, facts(report, looking),
    ["div", { class: "d" }, ...decide, button("undo", "a", Dom.t("vetUndo"), "Z"), ["span", { class: "hint" }, Dom.t("vetYouDecide")]],
    ["div", { "class": "chips", "role": "group", "aria-label": Dom.t("vetReasons") }, ...chips,
      ["input", { "type": "text", "maxlength": 300, "aria-label": own, "placeholder": own, "hidden": true }]]];
}

/** @template T @param {T | null} reply @returns {T} what the companion said; without it nobody can be vetted */
function needed(reply) {
  if (reply) return reply;
  throw new CompanionError("unreachable", Dom.t("away_unreachable"), "unreachable", 0);
}

/** @param {Api["vet.get"]["params"]} params @returns {Promise<Vetted>} */
export async function vetGet({ viewer, person, look, looking }) {
  const report = /** @type {Answer} */ (needed(await ask("/v1/vet", { viewer, person, look }, { timeout: LOOK_MS })));
  const { fingerprint, wait_days, handle, id } = report;
  return { fingerprint, wait_days, handle, id, tree: layout(report, looking) };
}

/** @param {Api["vet.queue"]["params"]} params @returns {Promise<Api["vet.queue"]["result"]>} */
export async function vetQueue(params) {
  return needed(await ask("/v1/queue", params));
}

/** @param {Api["vet.followers"]["params"]} params @returns {Promise<Api["vet.followers"]["result"]>} */
export async function vetFollowers(params) {
  return needed(await ask("/v1/followers", params));
}

/** @param {Api["vet.topics"]["params"]} params @returns {Promise<Api["vet.topics"]["result"]>} */
export async function vetTopics(params) {
  return needed(await ask("/v1/topics", params));
}
