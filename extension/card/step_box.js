// The box of a next step: changes its words and day, puts it off, adds another; what was typed stays until it is kept.
"use strict";

const StepBox = (() => {
  /** @param {number} days @returns {string} the local day so many days from today, where a day may have 23 hours */
  function inDays(days) {
    const day = new Date();
    day.setHours(12, 0, 0, 0);
    day.setDate(day.getDate() + days);
    return day.toLocaleDateString("sv-SE");
  }

  class Box {
    /** @param {PersonCard} card @param {NextStep | null} step the one to change, none for a new one */
    constructor(card, step) {
      this.card = card;
      this.item = step?.item ?? null;
      this.keeping = false;
      const field = (/** @type {object} */ more) => /** @type {HTMLInputElement} */ (Dom.h("input", more));
      this.words = field({
        type: "text", class: "private", dir: "auto", value: step?.words ?? "", "aria-label": Dom.t("stepWords"),
        placeholder: Dom.t("stepWords"),
      });
      this.day = field({ type: "date", value: step?.day ?? "", "aria-label": Dom.t("stepDay") });
      this.node = Dom.h(
        "div", { class: "touch step", role: "group", tabindex: "-1", "aria-label": Dom.t("actStep") },
        this.words, this.day, this.button("stepKeep", () => this.keep()), step ? this.more(step) : null,
      );
      this.node.addEventListener("keydown", (event) => this.onKey(/** @type {KeyboardEvent} */ (event)));
    }

    /** @param {string} label @param {() => unknown} run @returns {HTMLElement} */
    button(label, run) {
      return Dom.h("button", { type: "button", class: "btn", onclick: run }, Dom.t(label));
    }

    /** @param {NextStep} step @returns {HTMLElement} what else can be done with a step that is there */
    more(step) {
      const later = step.day === null ? [] : [
        Dom.h("span", { class: "dim" }, Dom.t("stepLater")),
        this.button("stepTomorrow", () => this.putOff(inDays(1))),
        this.button("stepNextWeek", () => this.putOff(inDays(7))),
        this.button("stepOnDay", () => this.putOff(this.day.value)),
      ];
      return Dom.h("div", { class: "picks" }, ...later, this.button("stepAnother", () => replace(this.card, null)));
    }

    /** @returns {NextStep | null} the step as it is drawn now; null once the card shows another */
    step() {
      const now = this.card.card.next_step ?? null;
      return this.item !== null && now?.item === this.item ? now : null;
    }

    /** @returns {Promise<void>} settled once the words and the day are kept, or it was said why they are not */
    keep() {
      const text = this.words.value.trim();
      if (!text) return Promise.resolve(this.words.focus());
      if (!Tables.fits(text, "touch")) return Promise.resolve(this.card.say(CardParts.tooLong(text, "touch"), true));
      const step = this.step();
      const every = step && "every" in step.undo ? { every: step.undo.every } : {};
      const when = this.day.value ? { day: this.day.value, start: this.day.value } : {};
      return this.write(step, { ...(this.item === null ? {} : { item: this.item }), words: text, ...when, ...every });
    }

    /** Puts this one time off; a step that comes again keeps its rule. @param {string} day */
    async putOff(day) {
      const step = this.step();
      if (!step) return;
      if (!day || day <= inDays(0)) return this.card.say(Dom.t("stepDayToCome"), true);
      await this.write(step, { ...step.undo, later: day });
    }

    /**
     * Closes the box once it is kept: until then what was typed stays.
     * @param {NextStep | null} step @param {object} body
     */
    async write(step, body) {
      if (this.keeping) return;
      this.keeping = true;
      const kept = step ? await CardSteps.change(this.card, step, body) : await this.add(body);
      this.keeping = false;
      if (kept) this.close();
    }

    /** @param {object} body @returns {Promise<boolean>} whether it is kept */
    async add(body) {
      const gone = (/** @type {string} */ op) => ({ item: this.item ?? op, gone: true });
      const saving = this.card.saveSmall("step", body, null);
      return Boolean(await TouchLog.offer(this.card, saving, (op) => this.card.saveSmall("step", gone(op), null)));
    }

    close() {
      const had = this.node.contains(document.activeElement);
      this.node.remove();
      if (had) this.card.node.focus({ preventScroll: true });
    }

    /** @param {KeyboardEvent} event */
    onKey(event) {
      if (event.isComposing) return;
      const enters = event.key === "Enter" && /** @type {Element} */ (event.target).tagName === "INPUT";
      if (event.key !== "Escape" && !enters) return;
      event.preventDefault();
      event.stopPropagation(); // Escape here closes this, not the popover around it
      if (enters) void this.keep();
      else this.close();
    }
  }

  /** @param {PersonCard} card @param {NextStep | null} step */
  function replace(card, step) {
    card.extra.querySelector(".step")?.remove();
    const box = new Box(card, step);
    card.extra.append(box.node);
    box.words.focus();
  }

  /** @param {PersonCard} card opens the box of its next step, or of a new one */
  const open = (card) => replace(card, card.card.next_step ?? null);

  /** @param {PersonCard} card */
  function toggle(card) {
    const shown = card.extra.querySelector(".step");
    if (!shown) return open(card);
    shown.remove();
    card.node.focus({ preventScroll: true });
  }

  return { open, toggle };
})();
Object.assign(globalThis, { StepBox });
