// Turns data about a person into visible text: mark, accessible name, state, follow state and times.
"use strict";

const Wording = (() => {
  const MARK_LENGTH = 18;
  /** From how many seconds on a time is told in this unit: "10 days ago" says more than "last week". */
  const UNITS = /** @type {const} */ ([
    ["year", 31_536_000], ["month", 5_184_000], ["week", 1_814_400], ["day", 86_400], ["hour", 3600],
    ["minute", 60],
  ]);
  const LENGTHS = { year: 31_557_600, month: 2_629_800, week: 604_800, day: 86_400, hour: 3600, minute: 60 };

  /** @param {string} text @param {number} length @returns {string} at most that many characters, a cut shown as … */
  function clip(text, length) {
    const letters = [...text];
    return letters.length > length ? `${letters.slice(0, length - 1).join("").trimEnd()}…` : text;
  }

  /** @param {string} state @returns {string} one or two words, empty for unknown */
  function stateWord(state) {
    return state && state !== "unknown" ? Dom.t(`markState_${state}`) : "";
  }

  /** @param {string} state @param {number | null | undefined} was score before it went quiet @returns {string} */
  function stateTitle(state, was) {
    if (state === "dormant" && typeof was === "number") return Dom.t("cardState_dormantWas", String(Math.round(was)));
    return Dom.t(`cardState_${state || "unknown"}`);
  }

  /** @type {WeakMap<Badge, string>} a changed badge is another object; a sweep asks for the same one again and again */
  const marks = new WeakMap();
  /** @type {WeakMap<Badge, string>} */
  const names = new WeakMap();

  /**
   * What the mark says, the most personal thing first: your name for them, your tag, how you talk, that there is a
   * note.
   * @param {Badge} badge @returns {string} at most 18 characters
   */
  function mark(badge) {
    const known = marks.get(badge);
    if (known !== undefined) return known;
    const own = badge.alias || badge.tags?.[0] || stateWord(badge.state);
    const word = clip(own || (badge.note ? Dom.t("markNote") : followWord(badge)), MARK_LENGTH);
    marks.set(badge, word);
    return word;
  }

  /** @param {Badge} badge @returns {string} */
  function followWord(badge) {
    if (badge.follows_me && badge.i_follow) return Dom.t("markMutual");
    return badge.follows_me ? Dom.t("markFollowsYou") : "";
  }

  /** @param {Badge} badge @returns {string} accessible name: everything that the mark stands for */
  function markName(badge) {
    const known = names.get(badge);
    if (known !== undefined) return known;
    const name = named(badge);
    names.set(badge, name);
    return name;
  }

  /** @param {Badge} badge @returns {string} */
  function named(badge) {
    const who = badge.name ? `${badge.name} (@${badge.handle})` : `@${badge.handle}`;
    const parts = [
      typeof badge.score === "number" ? Dom.t("nameScore", String(badge.score)) : "",
      badge.state && badge.state !== "unknown" ? stateTitle(badge.state, null) : "",
      badge.alias ? Dom.t("nameAlias", badge.alias) : "",
      badge.tags?.length ? Dom.t("nameTags", badge.tags.join(", ")) : "",
      badge.note ? Dom.t("nameNote") : "", followWord(badge),
    ].filter(Boolean);
    return Dom.t("nameOpenCard", [who, parts.join(". ")]);
  }

  /**
   * @param {boolean | null | undefined} followsMe @param {boolean | null | undefined} iFollow
   * @returns {string} both directions, a direction that was never seen said as unknown
   */
  function follows(followsMe, iFollow) {
    const side = (/** @type {boolean | null | undefined} */ flag) =>
      flag === true ? "yes" : flag === false ? "no" : "unknown";
    return Dom.t(`follow_${side(followsMe)}_${side(iFollow)}`);
  }

  /** @param {number} then @param {number} now both in seconds @returns {string} such as "3 days ago", "yesterday" */
  function ago(then, now) {
    const formatter = new Intl.RelativeTimeFormat(Dom.language(), { numeric: "auto", style: "long" });
    const seconds = Math.max(0, now - then);
    const unit = UNITS.find(([, from]) => seconds >= from)?.[0];
    return unit ? formatter.format(-Math.floor(seconds / LENGTHS[unit]), unit) : formatter.format(0, "second");
  }

  /** @param {number} at in seconds @returns {string} the time of day if it was today, else the date */
  function when(at) {
    const then = new Date(at * 1000);
    const today = then.toDateString() === new Date().toDateString();
    const form = today ? { hour: "2-digit", minute: "2-digit" } : { year: "numeric", month: "short", day: "numeric" };
    return new Intl.DateTimeFormat(Dom.language(), /** @type {Intl.DateTimeFormatOptions} */ (form)).format(then);
  }

  /**
   * @param {{at: number, day?: string | null}} one
   * @returns {{date: string, time: string}} its day, and the time of day, "" where only a date is known
   */
  function dated({ at, day: chosen }) {
    const then = chosen ? new Date(`${chosen}T12:00Z`) : new Date(at * 1000);
    const say = (/** @type {Intl.DateTimeFormatOptions} */ form) =>
      new Intl.DateTimeFormat(Dom.language?.() ?? undefined, form).format(then);
    const zone = chosen ? { timeZone: "UTC" } : {};
    const date = say({ weekday: "short", year: "numeric", month: "short", day: "numeric", ...zone });
    return { date, time: chosen ? "" : say({ hour: "2-digit", minute: "2-digit" }) };
  }

  /** @param {string} address @returns {string} without the sentence's signs; a bracket opened inside stays */
  function withoutEnd(address) {
    const count = (/** @type {string} */ sign) => address.split(sign).length;
    const last = address.slice(-1);
    const opening = { ")": "(", "]": "[", "}": "{" }[last];
    const cut = opening ? count(opening) < count(last) : ".,;:!?'»”’".includes(last);
    return cut ? withoutEnd(address.slice(0, -1)) : address;
  }

  /**
   * Cuts a note into plain text and web addresses, so links can be built as nodes and never as HTML.
   * @param {string} text @returns {{text: string, href: string | null}[]}
   */
  function linked(text) {
    const pieces = [];
    let end = 0;
    for (const found of text.matchAll(/https?:\/\/[^\s<>"]{1,2000}/g)) {
      const address = withoutEnd(found[0]);
      if (found.index > end) pieces.push({ text: text.slice(end, found.index), href: null });
      pieces.push({ text: address, href: address });
      end = found.index + address.length;
    }
    if (end < text.length) pieces.push({ text: text.slice(end), href: null });
    return pieces;
  }

  return { followWord, mark, markName, stateTitle, stateWord, follows, ago, when, dated, linked, clip };
})();
Object.assign(globalThis, { Wording });
