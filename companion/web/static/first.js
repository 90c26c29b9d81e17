// The five cards by keyboard: left and right walk, Enter goes to a choice, Esc skips; the years begin at the newest.
"use strict";

(() => {
  const cards = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".fivecards > li")]);
  const home = document.querySelector("[data-cards]");
  const backward = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";

  /** @param {number} to */
  function go(to) {
    const next = cards[Math.max(0, Math.min(cards.length - 1, to))];
    for (const card of cards) card.tabIndex = card === next ? 0 : -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  home?.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Escape") {
      document.querySelector("#archive a")?.scrollIntoView({ block: "center" });
      /** @type {HTMLElement | null} */ (document.querySelector("#archive a"))?.focus();
    } else if (target.matches("input")) return;
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const at = cards.findIndex((card) => card.contains(target));
      go(event.key === backward ? at - 1 : at + 1);
    } else if (event.key === "Enter" && target.matches("li")) {
      /** @type {HTMLElement | null} */ (target.querySelector("input:not([type=hidden]), .strong, a, button"))?.focus();
    } else return;
    event.preventDefault();
  });

  if (cards[0]) cards[0].tabIndex = 0;
  const years = document.querySelector("[data-newest]");
  if (years) years.scrollLeft = years.scrollWidth;
})();
