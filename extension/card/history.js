// The "More" section of the card: counted facts and the list of interactions, each deletable with undo.
"use strict";

const CardHistory = (() => {
  const PAGE = 10;
  const MOST = 100; // lines in one answer

  /** @param {PersonCard} card */
  const about = (card) => ({ viewer: Session.viewer(), person: card.person() });

  /** @param {{at: number, day?: string | null}} one @returns {string} its day where it was dated with one, else when */
  function day({ at, day: chosen }) {
    if (!chosen) return Times.when(at);
    const form = /** @type {const} */ ({ year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
    return new Intl.DateTimeFormat(Dom.language(), form).format(new Date(`${chosen}T12:00Z`));
  }

  /** @param {PersonCard} card @param {() => Promise<unknown>} work a failure of it is shown in the card */
  async function trying(card, work) {
    try {
      await work();
    } catch (error) {
      card.say(/** @type {Error} */ (error).message, true);
    }
  }

  /**
   * @param {PersonCard} card
   * @param {HistoryLine} one the line to delete; open cards refresh through the store's change event
   */
  function remove(card, { at, direction, kind, ref }) {
    return trying(card, async () => {
      const removing = Protocol.send("history.remove", { ...about(card), at, direction, kind, ref });
      const removed = await TouchLog.offer(card, removing.then(({ line }) => line),
        (line) => trying(card, () => Protocol.send("history.restore", { ...about(card), line })));
      if (removed) card.say(Dom.t("historyRemoved"), false);
    });
  }

  /** @param {PersonCard} card @param {HistoryLine} one @returns {Element} */
  function item(card, one) {
    const { time } = Times.dated(one);
    const text = Dom.t(`act_${one.kind}_${one.direction}`);
    const writer = one.direction === "out" ? Session.viewer().handle ?? "i" : card.who.handle;
    const notes = [
      Dom.t(`source_${one.source.replace("-", "_")}`),
      one.partial ? Dom.t("historyPartial") : "",
      one.automatic ? Dom.t("historyAutomatic") : "",
      one.chat ? `#${one.chat}` : "",
    ];
    return Dom.h(
      "li",
      { class: one.direction },
      Dom.h(
        "div",
        {},
        CardParts.toPost(one.post, writer, text),
        one.words ? Dom.h("bdi", { class: "private" }, ` ${one.words}`) : null,
        Dom.h("span", { class: "who" }, ` · ${notes.filter(Boolean).join(" · ")}`),
      ),
      Dom.h("time", { datetime: one.day ?? new Date(one.at * 1000).toISOString() }, time),
      Dom.h(
        "button",
        {
          type: "button",
          class: "a",
          "aria-label": Dom.t("historyRemove", [text, day(one)]),
          onclick: () => void remove(card, one),
        },
        "×",
      ),
    );
  }

  /**
   * Adds lines under a heading for each day.
   * @param {PersonCard} card @param {Element} days @param {HistoryLine[]} lines
   */
  function append(card, days, lines) {
    for (const one of lines) {
      const { date } = Times.dated(one);
      if (days.querySelector(":scope > h3:last-of-type")?.textContent !== date) {
        days.append(Dom.h("h3", {}, date), Dom.h("ul", { class: "tl" }));
      }
      days.lastElementChild?.append(item(card, one));
    }
  }

  /** @param {PersonCard} card @param {Element} days @param {number | null} before @returns {Element | null} */
  function earlier(card, days, before) {
    if (before === null) return null;
    const button = Dom.h("button", { type: "button", class: "btn", onclick: () => trying(card, async () => {
      const page = await Protocol.send("history.get", { ...about(card), before, limit: PAGE });
      append(card, days, page.lines);
      const next = earlier(card, days, page.before);
      if (next) button.replaceWith(next);
      else button.remove();
      /** @type {HTMLElement} */ (days.parentElement)?.focus({ preventScroll: true });
    }) }, Dom.t("historyEarlier"));
    return button;
  }

  /** @param {PersonCard} card @param {HTMLElement} box */
  async function fill(card, box) {
    const limit = Math.min(MOST, Math.max(PAGE, box.querySelectorAll(".tl li").length));
    const [facts, page] = await Promise.all([
      Protocol.send("relationship.get", about(card)),
      Protocol.send("history.get", { ...about(card), before: null, limit }),
    ]);
    const days = Dom.h("div", { class: "days" });
    append(card, days, page.lines);
    const inside = box.contains(document.activeElement);
    box.replaceChildren(
      ...Facts.create(card.card, facts),
      Dom.h("h2", {}, Dom.t("historyTitle")),
      page.lines.length > 0 ? days : Dom.h("p", { class: "why" }, Dom.t("historyEmpty")),
      ...[earlier(card, days, page.before)].filter((one) => one !== null),
    );
    if (inside) box.focus({ preventScroll: true });
  }

  /** @param {PersonCard} card */
  async function toggle(card) {
    const open = card.extra.querySelector(".more");
    if (open) return open.remove();
    const box = Dom.h("section", { class: "more", tabindex: "-1", "aria-label": Dom.t("historyTitle") });
    card.extra.append(box);
    await trying(card, () => fill(card, box));
    if (!box.hasChildNodes()) box.remove();
  }

  /** Redraws an open "More" section after the card was reloaded. @param {PersonCard} card */
  function follow(card) {
    const box = /** @type {HTMLElement | null} */ (card.extra.querySelector(".more"));
    if (box?.hasChildNodes()) void trying(card, () => fill(card, box));
  }

  CardActions.add({ id: "more", label: "actMore", key: "M", order: 80, run: (card) => void toggle(card) });

  return { follow };
})();
Object.assign(globalThis, { CardHistory });
