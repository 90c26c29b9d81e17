// Shows the one warm frame as a popover in the top layer: a person's card, the queue, or a question.
"use strict";

const Popover = (() => {
  /** @type {{host: HTMLElement, box: HTMLElement, frame: CardFrame} | null} */
  let place = null;
  /** @type {HTMLElement | null} what it was opened from */
  let source = null;

  /** @returns {NonNullable<typeof place>} the one host at the end of the page, put back if X took it away */
  function made() {
    if (place && !place.host.isConnected) {
      place.frame.destroy();
      place = null;
    }
    place ??= make();
    return place;
  }

  /** @returns {NonNullable<typeof place>} */
  function make() {
    const { host, root } = Mark.leaf("dialog");
    const box = Dom.h("div", { popover: "auto", role: "dialog" });
    root.append(box);
    const frame = new CardFrame(box, { message: (said) => receive(frame, said) });
    box.addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
      frame.ask = null;
      frame.send({ leave: true });
    });
    document.body.append(host);
    return { host, box, frame };
  }

  /** @param {CardFrame} frame @param {FromFrame} said */
  function receive(frame, said) {
    if (said.escape || said.close) close();
    if (said.reach) {
      close();
      ProfileFrame.reach(frame, said.reach);
    }
  }

  /** Makes the frame once the page has nothing else to do, so that the first card opens at once. */
  function prepare() {
    if (!place) requestIdleCallback(() => void made(), { timeout: 3000 });
  }

  /** Hides it and gives the focus back to the mark that it was opened from; the frame saves what was typed. */
  function close() {
    if (!place?.box.matches(":popover-open")) return;
    place.box.hidePopover();
    place.frame.iframe.blur(); // Chromium leaves the keys to a hidden frame that took them itself
    if (source?.isConnected) source.focus({ preventScroll: true });
    source = null;
  }

  /**
   * @param {HTMLElement} node
   * @param {{clientX: number, clientY: number} | undefined} click position for a card opened from X's hover card, which
   *   X removes: the card stays where the click was
   */
  function pin(node, click) {
    node.style.cssText = click
      ? `position-area:none;left:max(.5rem,min(${click.clientX - 40}px, calc(100vw - 30rem)));` +
        `top:max(.5rem,min(${click.clientY + 8}px, calc(100vh - 43rem)))`
      : "";
  }

  /**
   * Opens what is asked for in place of what is open.
   * @param {FrameAsk} ask
   * @param {HTMLElement} from what it opens from
   * @param {{at?: {clientX: number, clientY: number}, focus?: boolean}} [how] `focus`: whether it takes the keys
   */
  function open(ask, from, { at, focus = true } = {}) {
    const { box, frame } = made();
    if (box.matches(":popover-open")) box.hidePopover();
    source = from;
    const label = ask.purpose === "palette" ? "paletteLabel" : "cardLabel";
    box.setAttribute("aria-label", Dom.t(label, `@${ask.person.handle}`));
    pin(box, at);
    frame.show(ask);
    box.showPopover({ source: from });
    if (focus) CardFrame.next = frame;
  }

  /** @param {Spot} spot @param {HTMLElement} from @param {OpenHow} [how] */
  function openCard(spot, from, how = {}) {
    const { id = null, post = null } = spot.about?.() ?? {};
    const person = { id, handle: spot.handle };
    open({ purpose: "dialog", viewer: Viewer.now(), person, post, act: how.act ?? "" }, from, { at: how.at });
  }

  return { open, openCard, close, prepare };
})();
Object.assign(globalThis, { Popover });
Mark.onOpen((...given) => Popover.openCard(...given));
