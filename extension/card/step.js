// Shows the next step with a person and that contact is due; ticks a step, with undo; adds one (N).
"use strict";

const CardSteps = (() => {
  /** @param {string} day such as 2026-12-04 */
  const told = (day) => Times.dated({ at: 0, day }).date;

  /** @param {PersonCard} card @returns {Element | null} the first line under the head; nothing where nothing is due */
  function line(card) {
    const step = card.card.next_step ?? null;
    const due = card.card.contact_due ?? null;
    if (!step && !due) return null;
    const parts = step
      ? [
          Dom.h("button", {
            type: "button", class: "tick", "aria-label": Dom.t("stepDone", step.words),
            onclick: () => void tick(card, step),
          }),
          Dom.h("b", { class: "private", dir: "auto" }, step.words),
          step.day ? Dom.h("span", { class: step.over ? "over" : "dim" }, told(step.day)) : null,
        ]
      : [Dom.h("span", { class: "over" }, Dom.t("contactDue", told(due ?? "")))];
    return Dom.h("div", { class: "next", role: "group", "aria-label": Dom.t("actStep") }, ...parts);
  }

  /** @param {PersonCard} card @param {NonNullable<Card["next_step"]>} step */
  async function tick(card, step) {
    if (await card.saveSmall("step", step.done, null)) {
      TouchLog.offer(card, () => card.saveSmall("step", step.undo, null));
    }
  }

  /** @param {PersonCard} card */
  function toggle(card) {
    const close = () => { card.extra.querySelector(".step")?.remove(); card.node.focus({ preventScroll: true }); };
    if (card.extra.querySelector(".step")) return close();
    const field = (/** @type {object} */ more) => /** @type {HTMLInputElement} */ (Dom.h("input", more));
    const words = field({
      type: "text", class: "private", dir: "auto", "aria-label": Dom.t("stepWords"), placeholder: Dom.t("stepWords"),
    });
    const day = field({ type: "date", "aria-label": Dom.t("stepDay") });
    const keep = async () => {
      const text = words.value.trim();
      if (!text) return words.focus();
      if (!Tables.fits(text, "touch")) return card.say(CardParts.tooLong(text, "touch"), true);
      close();
      const when = day.value ? { day: day.value, start: day.value } : {};
      const op = await card.saveSmall("step", { words: text, ...when }, null);
      if (op) TouchLog.offer(card, () => card.saveSmall("step", { item: op, gone: true }, null));
    };
    const button = Dom.h("button", { type: "button", class: "btn", onclick: () => void keep() }, Dom.t("stepKeep"));
    const box = Dom.h(
      "div", { class: "touch step", role: "group", tabindex: "-1", "aria-label": Dom.t("actStep") }, words, day, button,
    );
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key !== "Escape" && !(event.key === "Enter" && event.target !== button)) return;
      event.preventDefault();
      event.stopPropagation(); // Escape here closes this, not the popover around it
      if (event.key === "Enter") void keep();
      else close();
    });
    card.extra.append(box);
    words.focus();
  }

  CardActions.add({ id: "step", label: "actStep", key: "N", order: 45, run: toggle });

  return { line };
})();
Object.assign(globalThis, { CardSteps });
