// Shows the next step with a person and that contact is due; ticks a step, with undo; opens the box that changes it.
"use strict";

const CardSteps = (() => {
  /** @param {string} day such as 2026-12-04 */
  const told = (day) => Times.dated({ at: 0, day }).date;

  /** @param {PersonCard} card @returns {Element | null} the first line under the head; nothing where nothing is due */
  function line(card) {
    const step = card.card.next_step ?? null;
    const due = card.card.contact_due ?? null;
    if (!step && !due) return null;
    const contact = () => Dom.h("span", { class: "over" }, Dom.t("contactDue", told(due ?? "")));
    const parts = step ? stepParts(card, step) : [contact()];
    return Dom.h("div", { class: "next", role: "group", "aria-label": Dom.t("actStep") }, ...parts);
  }

  /** @param {PersonCard} card @param {NextStep} step @returns {(Element | null)[]} tick, words to press, and the day */
  function stepParts(card, step) {
    const { words, day, over } = step;
    const tick = step.done && Dom.h("button", {
      type: "button", class: "tick", "aria-label": Dom.t("stepDone", words), onclick: () => void done(card, step),
    });
    return [
      tick,
      Dom.h("button", { type: "button", class: "words", onclick: () => StepBox.open(card) },
        Dom.h("b", { class: "private", dir: "auto" }, words),
        Dom.h("span", { class: "sr" }, ` ${Dom.t("stepChange")}`)),
      day ? Dom.h("span", { class: over ? "over" : "dim" }, told(day)) : null,
    ];
  }

  /**
   * Writes a step down as it is now, unless it was changed elsewhere since it was drawn; Undo writes what it was.
   * @param {PersonCard} card @param {NextStep} step as it was drawn @param {object} body
   * @returns {Promise<boolean>} whether it is kept
   */
  async function change(card, step, body) {
    const saving = card.saveSmall("step", body, step.rev, step.words);
    return Boolean(await TouchLog.offer(card, saving, () => card.saveSmall("step", step.undo, null)));
  }

  /** @param {PersonCard} card @param {NextStep} step */
  async function done(card, step) {
    if (step.done) await change(card, step, step.done);
  }

  CardActions.add({ id: "step", label: "actStep", key: "N", order: 45, run: (card) => StepBox.toggle(card) });

  return { line, change };
})();
Object.assign(globalThis, { CardSteps });
