// Turns data about a person into visible text: mark, accessible name, state and follow state.
"use strict";

const Wording = (() => {
  const MARK_LENGTH = 18;

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

  return { followWord, mark, markName, stateTitle, stateWord, follows, clip };
})();
Object.assign(globalThis, { Wording });
