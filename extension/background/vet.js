// Fetches vetting reports from the companion and lays them out as plain data that a page only has to draw.
import { touch } from "./cache.js";
import { ask } from "./people.js";
import { CompanionError } from "./companion.js";
import { fetchPerson, price } from "./x_api.js";

const LOOK_MS = 15_000; // link and photo have six seconds in the companion
const PRESS_MS = 120_000; // for so long a press also means the link and photo that the page shows after it
/** @type {Map<string, {until: number, looking: boolean}>} person -> the last press of V; lost with this worker */
const presses = new Map();
/** The keys 1 to 9. */
const REASONS = [
  "sells_followers", "adult", "never_posts", "does_not_follow_back", "behaves_badly", "own", "only_sells",
  "broadcasts", "automatic",
];
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
  const words =
    level in SIGNS
      ? ["span", { class: level }, ["span", { "aria-hidden": "true" }, SIGNS[level]], text]
      : ["span", {}, text];
  return examples.length > 0 ? ["details", {}, ["summary", {}, words], ...examples.map(link)] : words;
}

/** @param {VetRow} row @returns {Tree[]} */
function row({ name, pieces, end }) {
  const parts = pieces.flatMap((one, at) =>
    at > 0 ? [["span", { class: "between" }, " · "], piece(one)] : [piece(one)],
  );
  return [["dt", {}, Dom.t(`vetRow_${name}`)], ["dd", {}, ...parts, ...(end ? [` ${end}`] : [])]];
}

const UNSEEN = new Set(["profile", "posts"]);

/** @param {VetReport} report @returns {boolean} whether X's page, or its API, would tell more */
const isThin = (report) => report.missing.some((what) => UNSEEN.has(what));

/**
 * @param {VetReport} report
 * @param {boolean} looking
 * @param {string | null} cost
 * @returns {Tree} what was not seen, where to open it, and what asking X's API would cost
 */
function missing(report, looking, cost) {
  const left = report.missing.filter((what) => !looking || UNSEEN.has(what));
  const words = left.map((what) => Dom.t(`vetMissing_${what}`)).join(" ");
  /** @type {Tree[]} */
  const way = isThin(report)
    ? [["a", { ...LINK, href: `https://x.com/${report.handle}` }, Dom.t("vetOpenProfile")]]
    : [];
  if (cost) way.push(" ", ["button", { "type": "button", "class": "btn", "data-more": "" }, Dom.t("vetAskApi", cost)]);
  return ["p", { class: "unseen", role: "status" }, looking ? `${Dom.t("vetLooking")} ` : "", `${words} `, ...way];
}

/** @param {VetReport} report @param {boolean} looking @param {string | null} cost @returns {Tree} verdict and facts */
function facts(report, looking, cost) {
  const kind = report.kind ? ` · ${Dom.t(`vetKind_${report.kind}`)}` : "";
  return [
    "div",
    { class: "top" },
    [
      "div",
      { class: `v ${report.verdict}` },
      ["ring", { value: 100 * report.score }],
      [
        "div",
        {},
        ["h3", {}, Dom.t(report.own ? `vetSelf_${report.verdict}` : `vet_${report.verdict}`) + kind],
        ["p", { dir: "auto" }, report.line],
        ["p", { class: "hint" }, Dom.t("vetRing", String(Math.round(100 * report.score)))],
      ],
    ],
    ["dl", { class: "f" }, ...report.rows.flatMap(row)],
    missing(report, looking, cost),
  ];
}

/** @param {string} as @param {string} look @param {string} words @param {string} [key] @returns {Tree} */
function button(as, look, words, key) {
  /** @type {Tree} */
  const hint = ["kbd", { "aria-hidden": "true" }, key ?? ""];
  return [
    "button",
    { "type": "button", "class": look, "data-as": as, "aria-keyshortcuts": key ?? null },
    words,
    ...(key ? [hint] : []),
  ];
}

/**
 * The whole report as data: verdict, facts, then the buttons to decide, each with the decision it stands for; about
 * oneself none.
 * @param {VetReport} report @param {boolean} looking whether link and photo are being looked at
 * @param {string | null} cost of asking X's API, where it may be asked @returns {Tree}
 */
export function layout(report, looking, cost) {
  const shown = [
    facts(report, looking, cost),
    /** @type {Tree} */ (["p", { class: "unseen", role: "status", hidden: true }]),
  ];
  if (report.own) {
    return [
      "section",
      { "class": "vet", "aria-label": Dom.t("vetMirror") },
      ...shown,
      ["p", { class: "unseen" }, Dom.t("vetMirrorOnly")],
    ];
  }
  const days = String(report.wait_days);
  const decide = ["follow_back", "wait", "no"].map((one) =>
    button(one, one === report.main ? "btn fill" : "btn", Dom.t(`vetDo_${one}`, days)),
  );
  const chips = REASONS.map((code, at) => button(code, "chip", Dom.t(`vetReason_${code}`), String(at + 1)));
  const own = Dom.t("vetReason_own");
  return [
    "section",
    { "class": "vet", "aria-label": Dom.t("vetTitle") },
    ...shown,
    [
      "div",
      { class: "d" },
      ...decide,
      button("undo", "a", Dom.t("vetUndo"), "Z"),
      ["span", { class: "hint" }, Dom.t("vetYouDecide")],
    ],
    [
      "div",
      { "class": "chips", "role": "group", "aria-label": Dom.t("vetReasons") },
      ...chips,
      ["input", { "type": "text", "aria-label": own, "placeholder": own, "hidden": true }],
    ],
  ];
}

/** @template T @param {T | null} reply @returns {T} the companion's response */
function needed(reply) {
  if (reply) return reply;
  throw new CompanionError("unreachable", Dom.t("away_unreachable"), "unreachable", 0);
}

/** @param {{viewer: ViewerKey, person: PersonKey, look: boolean}} body @returns {Promise<VetReport>} */
async function reportOf(body) {
  return needed(await ask("/v1/vet", body, { timeout: LOOK_MS }));
}

/** @param {ViewerKey} viewer @param {PersonKey} person @returns {string} */
function pressKey(viewer, person) {
  return `${viewer.id ?? People.fold(viewer.handle)} ${People.fold(person.handle) || person.id}`;
}

/** Remembers the user's press, and forgets old ones. @param {string} key */
function press(key) {
  for (const [one, { until }] of presses) if (until < Date.now()) presses.delete(one);
  presses.set(key, { until: Date.now() + PRESS_MS, looking: presses.get(key)?.looking ?? false });
}

/**
 * Looks at what the page showed only after the user's press, when there was nothing to look at yet; then open reports
 * ask anew.
 * @param {ViewerKey} viewer @param {PersonKey} person
 */
async function lookLater(viewer, person) {
  const pressed = presses.get(pressKey(viewer, person));
  if (!pressed || pressed.looking || pressed.until < Date.now()) return;
  pressed.looking = true;
  try {
    const { id, handle } = await reportOf({ viewer, person, look: true });
    await touch([{ id, handle }]);
  } finally {
    pressed.looking = false;
  }
}

/** @param {Api["vet.get"]["params"]} params @returns {Promise<Vetted>} */
export async function vetGet({ viewer, person, look, looking }) {
  if (look) press(pressKey(viewer, person));
  const report = await reportOf({ viewer, person, look });
  if (report.look_due && !look && !looking) lookLater(viewer, person).catch((error) => Log.error("look", error));
  const { fingerprint, wait_days, handle, id } = report;
  // while link and photo are looked at nothing waits for it
  const cost = isThin(report) && !looking ? await price() : null;
  return { fingerprint, wait_days, handle, id, tree: layout(report, looking, cost) };
}

/**
 * Asks X's API, for the user's money and on their press, then vets anew.
 * @param {Api["vet.more"]["params"]} params
 * @returns {Promise<Api["vet.more"]["result"]>}
 */
export async function vetMore({ viewer, person }) {
  const words = needed(await fetchPerson({ viewer, person }));
  return { words, report: await vetGet({ viewer, person, look: false, looking: false }) };
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
