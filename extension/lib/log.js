// Log of the last errors, redacted of handles, ids and quoted text, for a report that the user can copy.
"use strict";

const Log = (() => {
  const KEPT = 32;
  /** @typedef {{at: number, where: string, message: string, times: number}} LogLine */
  /** @type {LogLine[]} */
  let lines = [];

  /**
   * Handles, ids and quoted text never reach the log.
   * @param {string} text @returns {string}
   */
  function redact(text) {
    return text.replace(/@\w{1,20}/g, "@…").replace(/\d{5,}/g, "#").replace(/"[^"]*"/g, "\"…\"").slice(0, 300);
  }

  /**
   * Keeps one error; the same one again only counts up.
   * @param {string} where the feature or part it happened in @param {unknown} error
   */
  function error(where, error) {
    const message = redact(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    const last = lines.find((line) => line.where === where && line.message === message);
    if (last) {
      last.times += 1;
      last.at = Date.now();
    } else {
      lines = [...lines, { at: Date.now(), where, message, times: 1 }].slice(-KEPT);
    }
  }

  /** @returns {LogLine[]} oldest first */
  function all() {
    return lines.map((line) => ({ ...line }));
  }

  return { error, all };
})();
Object.assign(globalThis, { Log });
