// The Vet buttons in rows and lines, and which of them the V key means.
"use strict";

const VetButton = (() => {
  /** @type {Set<{host: Element, go: () => unknown}>} every one on the page */
  const buttons = new Set();

  /**
   * @param {Spot} spot @param {HTMLElement} host
   * @returns {HTMLElement} a button whose word, which may be a decision, is drawn and not written
   */
  function create(spot, host) {
    const node = Dom.h("button", { type: "button", class: "btn", "aria-haspopup": "dialog" });
    const go = () => {
      const { left: clientX, bottom: clientY } = node.getBoundingClientRect();
      Mark.open(spot, node, { at: { clientX, clientY }, act: "V" });
    };
    const isOpen = Sight.watch(node);
    node.addEventListener("click", async (event) => {
      event.preventDefault();
      if (event.isTrusted && (await isOpen())) go();
    });
    buttons.add({ host, go });
    say(node, spot, Dom.t("vetButton"));
    return node;
  }

  /** @param {HTMLElement} node @param {Spot} spot @param {string} word */
  function say(node, spot, word) {
    const whose = `@${spot.handle}`;
    node.dataset.word = spot.named ? `${word} ${whose}` : word;
    const vet = Dom.t("vetSomebody", whose);
    node.setAttribute("aria-label", word === Dom.t("vetButton") ? vet : `${word}. ${vet}`);
  }

  /**
   * Presses the button of the person under X's hover card, the pointer or the focus.
   * @returns {boolean} whether there was one
   */
  function pressUnderPointer() {
    for (const one of buttons) if (!one.host.isConnected) buttons.delete(one);
    const row = (/** @type {Element} */ host) =>
      Selectors.around(host, "hoverCard") ??
      (Selectors.around(host, "userCell") ?? Selectors.around(host, "notification"))?.matches(":hover,:focus-within");
    const under = [...buttons].find(({ host }) => row(host));
    under?.go();
    return Boolean(under);
  }

  return { create, say, pressUnderPointer };
})();
Object.assign(globalThis, { VetButton });
