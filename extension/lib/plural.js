// Words of a language on our own pages and in the card: its direction, and the form for a number of things.
"use strict";

const Plural = (() => {
  /** @returns {"ltr" | "rtl"} the direction of the words */
  function direction() {
    return /^(ar|fa|he|ur)\b/.test(Dom.language()) ? "rtl" : "ltr";
  }

  /**
   * The words for a number of things, in the form that the language has for it: `key_one`, `key_few` …, else `key`.
   * Where nothing is counted (NaN) it is `key`.
   * @param {string} key @param {number} number @param {string | string[]} substitutions @returns {string}
   */
  function count(key, number, substitutions) {
    const form = Number.isNaN(number) ? "other" : new Intl.PluralRules(Dom.language()).select(number);
    const words = form === "other" ? "" : Dom.t(`${key}_${form}`, substitutions);
    return words && words !== `${key}_${form}` ? words : Dom.t(key, substitutions);
  }

  return { count, direction };
})();
Object.assign(globalThis, { Plural });
