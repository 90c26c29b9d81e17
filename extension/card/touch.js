// Logs a meeting, call, meal or chat off X (L, then C, M, T or O), today or on another day, with undo.
"use strict";

const TouchLog = (() => {
  const UNDO_MS = 10_000;
  /** @type {Map<PersonCard, () => unknown>} */
  const undos = new Map();

  /**
   * Offers Undo as an action of the card, from the beginning of a change until ten seconds after it: what was changed
   * before is taken back by it no more, however soon it is pressed.
   * @template T @param {PersonCard} card
   * @param {Promise<T | null | undefined>} saving what became of the change, nothing where it was not kept
   * @param {(kept: T) => unknown} undo @returns {Promise<T | null | undefined>} as `saving`
   */
  async function offer(card, saving, undo) {
    const run = async () => {
      const kept = await saving.catch(() => null); // who asked for the change is told of its failure
      if (kept) await undo(kept);
    };
    undos.set(card, run);
    card.drawActs();
    let kept = null;
    try {
      kept = await saving;
      return kept;
    } finally {
      setTimeout(() => { if (undos.get(card) === run) end(card); }, kept ? UNDO_MS : 0);
    }
  }

  /** @param {PersonCard} card */
  function end(card) {
    const inside = card.acts.contains(document.activeElement);
    undos.delete(card);
    card.drawActs();
    if (inside) card.node.focus({ preventScroll: true }); // the button that had the focus is gone
  }

  /** @returns {string} today's local date as YYYY-MM-DD */
  const today = () => new Date().toLocaleDateString("sv-SE");

  /** @param {PersonCard} card @param {string} what @param {string} day @param {string} words */
  async function log(card, what, day, words) {
    const at = day && day !== today() ? Date.parse(`${day}T12:00`) : Date.now();
    const body = { what, when: Math.floor(at / 1000), day: day || today(), ...(words ? { words } : {}) };
    await offer(card, card.saveSmall("touch", body, null),
      (op) => card.saveSmall("touch", { item: op, gone: true }, null));
  }

  /** @param {PersonCard} card */
  function toggle(card) {
    const close = () => { card.extra.querySelector(".touch")?.remove(); card.node.focus({ preventScroll: true }); };
    if (card.extra.querySelector(".touch")) return close();
    const field = (/** @type {string} */ label, /** @type {object} */ more) =>
      /** @type {HTMLInputElement} */ (Dom.h("input", { "aria-label": Dom.t(label), ...more }));
    const day = field("touchDay", { type: "date", value: today(), max: today() });
    const words = field("touchWords", {
      type: "text", class: "private", dir: "auto", placeholder: Dom.t("touchWords"),
    });
    const pick = (/** @type {string} */ what) => {
      const text = words.value.trim();
      if (!Tables.fits(text, "touch")) return card.say(CardParts.tooLong(text, "touch"), true);
      close();
      void log(card, what, day.value, text);
    };
    const buttons = Object.entries(Tables.TOUCHES).map(([key, what]) =>
      Dom.h(
        "button",
        { type: "button", class: "btn", "aria-keyshortcuts": key, onclick: () => pick(what) },
        Dom.t(`act_${what}_both`),
        Dom.h("kbd", { "aria-hidden": "true" }, key),
      ),
    );
    const box = Dom.h(
      "div",
      { class: "touch", role: "group", tabindex: "-1", "aria-label": Dom.t("actTouch") },
      day,
      words,
      Dom.h("div", { class: "picks" }, ...buttons),
    );
    box.addEventListener("keydown", (event) => {
      const what =
        event.target === day || event.target === words || event.ctrlKey || event.metaKey || event.altKey
          ? undefined
          : Tables.TOUCHES[Dom.keyOf(event).toUpperCase()];
      if (event.isComposing || (!what && event.key !== "Escape")) return;
      event.preventDefault(); // Escape here closes this, not the popover around it
      event.stopPropagation();
      if (what) pick(what);
      else close();
    });
    card.extra.append(box);
    box.focus();
  }

  CardActions.add({ id: "touch", label: "actTouch", key: "L", order: 40, run: toggle });
  CardActions.add({
    id: "undo",
    label: "actUndo",
    key: "U",
    order: 99,
    fits: (card) => undos.has(card),
    run: (card) => {
      const undo = undos.get(card);
      end(card);
      void undo?.();
    },
  });

  return { offer };
})();
Object.assign(globalThis, { TouchLog });
