// Says what the card's next step is while a change to a step still waits in the outbox. Pure functions.

/** @typedef {import("./outbox.js").Op} Op */

/** @param {string | null | undefined} day @returns {string} a text by which days are ordered, none last */
const order = (day) => day || "9999";

/**
 * @param {any} body as it is written @param {string} item @param {string} today such as 2026-12-04
 * @param {number | null} rev
 * @returns {NextStep} the step of such a body, open
 */
function shown(body, item, today, rev) {
  const fields = { ...body, item };
  for (const name of ["gone", "done", "later"]) delete fields[name];
  const day = body.later || body.day || null;
  // when one that comes again is next due, the companion works out
  const done = body.every ? null : { ...fields, done: today };
  return { item, rev, words: body.words, day, over: day !== null && day < today, done, undo: { ...body, item } };
}

/**
 * Returns the step to show once a change has been made; behind one that is done the browser knows no other.
 * @param {NextStep | null} step as shown before
 * @param {any} body what is written about a step
 * @param {string} op id of the write, which is the item of a new step
 * @param {string} today such as 2026-12-04
 * @returns {NextStep | null}
 */
export function stepAfter(step, body, op, today) {
  const item = body.item ?? op;
  const same = step !== null && step.item === item;
  if (body.gone || (body.done && !body.every)) return same ? null : step;
  const changed = shown(body, item, today, same ? step.rev : null);
  return step && !same && order(step.day) <= order(changed.day) ? step : changed;
}
