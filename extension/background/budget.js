// How much X's page may hand over in a minute and in a day, since any script of the page can make answers up. Pure.
import "../lib/tables.js";

export const LIMITS = Tables.PAGE;
export const DAY_MS = 86_400_000;

/** @typedef {{since: number, answers: number, characters: number}} Spent `since`: number of the minute or day */
/**
 * @typedef {{minute: Spent, day: Spent, dropped: number, told?: number}} Budget
 *   `dropped`: answers left out today; `told`: number of the last minute in which something was
 */

/** @param {Spent | undefined} spent @param {number} now number of the minute or day @returns {Spent} */
function current(spent, now) {
  return spent?.since === now ? spent : { since: now, answers: 0, characters: 0 };
}

/**
 * @param {Budget | undefined} before
 * @param {{answers: number, characters: number}} wanted
 * @param {number} nowMs
 * @returns {{budget: Budget, allowed: boolean, tell: boolean}} the budget afterwards; what is not allowed is counted as
 *   dropped. `tell`: it is the first in its minute
 */
export function spend(before, wanted, nowMs) {
  const minute = current(before?.minute, Math.floor(nowMs / 60_000));
  const day = current(before?.day, Math.floor(nowMs / DAY_MS));
  const dropped = day === before?.day ? before.dropped : 0;
  const within = (/** @type {Spent} */ spent, /** @type {{answers: number, characters: number}} */ limit) =>
    spent.answers + wanted.answers <= limit.answers && spent.characters + wanted.characters <= limit.characters;
  if (!within(minute, LIMITS.minute) || !within(day, LIMITS.day)) {
    const left = { minute, day, dropped: dropped + wanted.answers, told: minute.since };
    return { budget: left, allowed: false, tell: before?.told !== minute.since };
  }
  const more = (/** @type {Spent} */ spent) => ({
    since: spent.since,
    answers: spent.answers + wanted.answers,
    characters: spent.characters + wanted.characters,
  });
  return { budget: { minute: more(minute), day: more(day), dropped, told: before?.told }, allowed: true, tell: false };
}

/** @param {Budget | undefined} budget @param {number} nowMs @returns {number} answers left out today */
export function droppedToday(budget, nowMs) {
  return budget?.day.since === Math.floor(nowMs / DAY_MS) ? budget.dropped : 0;
}
