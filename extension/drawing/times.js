// Turns times into words of the language that is shown: how long ago, the time of day or the date.
"use strict";

const Times = (() => {
  /** From how many seconds on a time is told in this unit: "10 days ago" says more than "last week". */
  const UNITS = /** @type {const} */ ([
    ["year", 31_536_000], ["month", 5_184_000], ["week", 1_814_400], ["day", 86_400], ["hour", 3600],
    ["minute", 60],
  ]);
  const LENGTHS = { year: 31_557_600, month: 2_629_800, week: 604_800, day: 86_400, hour: 3600, minute: 60 };

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

  return { ago, when, dated };
})();
Object.assign(globalThis, { Times });
