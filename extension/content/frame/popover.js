// Shows a card as a popover in the top layer: one at a time, closed by Escape or a click outside.
"use strict";

const Popover = (() => {
  /** @type {{host: HTMLElement, root: ShadowRoot} | null} */
  let place = null;
  /** @type {PersonCard | null} */
  let card = null;
  /** @type {HTMLElement | null} */
  let popover = null;

  /** @returns {ShadowRoot} of the one host at the end of the page, put back if X took it away */
  function root() {
    place ??= Mark.leaf("card");
    if (!place.host.isConnected) document.body.append(place.host);
    return place.root;
  }

  /** Closes the card, after saving what was typed, and removes the popover. */
  function close() {
    card?.close();
    card = null;
    popover?.remove();
    popover = null;
    place?.host.remove();
  }

  /**
   * @param {HTMLElement} node
   * @param {{clientX: number, clientY: number} | undefined} click position for a card opened from X's hover card, which
   *   X removes: the card stays where the click was
   */
  function pin(node, click) {
    if (!click) return;
    const left = `min(${Math.max(8, click.clientX - 40)}px, calc(100vw - 30rem))`;
    const top = `max(.5rem,min(${click.clientY + 8}px, calc(100vh - 43rem)))`;
    node.style.cssText = `position-area:none;left:${left};top:${top}`;
  }

  /**
   * Opens the card of a person in place of the one that is open.
   * @param {Spot} spot whose card
   * @param {HTMLElement} source what it opens from
   * @param {OpenHow} [how]
   * @returns {PersonCard}
   */
  function open(spot, source, how = {}) {
    close();
    const made = new PersonCard({ handle: spot.handle, ...spot.about?.() }, false);
    card = made;
    popover = Dom.h(
      "div",
      { popover: "auto", role: "dialog", "aria-label": Dom.t("cardLabel", `@${spot.handle}`) },
      Dom.h(
        "div",
        { class: "closer" },
        Dom.h("span", { class: "who" }, Dom.h("bdi", {}, `@${spot.handle}`)),
        Dom.h(
          "button",
          { type: "button", class: "a", "aria-label": Dom.t("close"), onclick: () => popover?.hidePopover() },
          "×",
        ),
      ),
      made.node,
    );
    pin(popover, how.at);
    popover.addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "closed" && card === made) close();
    });
    root().append(popover);
    popover.showPopover({ source });
    made.node.focus({ preventScroll: true });
    void made.load().then(() => { if (how.act) CardActions.byKey(made, how.act)?.run(made); });
    return made;
  }

  return { open, close };
})();
Object.assign(globalThis, { Popover });
Mark.onOpen((...given) => Popover.open(...given));
