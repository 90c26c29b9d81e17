// The mark beside a name: a button with the score ring and one drawn word; a click opens the card.
"use strict";

const Mark = (() => {
  const KEPT = 40; // marks that wait for their next person while rows scroll by
  const SHIELDED = [
    "click", "auxclick", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend",
    "contextmenu",
  ];

  /**
   * Stops pointer events on the extension's elements from reaching X's row below them.
   * @param {ShadowRoot} root
   */
  function pointerShield(root) {
    for (const type of SHIELDED) root.addEventListener(type, Dom.keep);
  }

  /**
   * One leaf for the page: a host with a closed root that has our sheets, and shields for keys and clicks.
   * @param {"badge" | "line" | "card" | "dialog" | "queue" | "spare" | "vet"} kind
   * @param {boolean} [first] shown before its neighbours
   * @returns {{host: HTMLElement, root: ShadowRoot}}
   */
  function leaf(kind, first = false) {
    const host = document.createElement(kind === "badge" || kind === "vet" ? "span" : "div");
    host.setAttribute("data-mutuals", kind);
    const root = Dom.closedRoot(host, MarkStyle.sheets(first));
    Dom.keyShield(root);
    pointerShield(root);
    return { host, root };
  }

  /** @param {Badge} badge @returns {boolean} whether there is anything to show; strangers get no mark */
  function says(badge) {
    return Wording.mark(badge) !== "" || typeof badge.score === "number";
  }

  /** @type {Map<number, Node>} a copy of a picture costs a third of drawing it */
  const rings = new Map();

  /** @param {number} score @returns {Node} */
  function ring(score) {
    const drawn = rings.get(score) ?? Charts.ring(score, 1, 14, 10);
    rings.set(score, drawn);
    return drawn.cloneNode(true);
  }

  /**
   * Draws the word as generated content: a text node could be found, selected and copied by the page.
   * @param {Made} made @param {Spot} spot @param {Badge} badge
   */
  function draw({ host, button }, spot, badge) {
    const word = spot.named && !badge.alias ? Wording.clip(`@${spot.handle}`, 18) : Wording.mark(badge);
    const picture = typeof badge.score === "number" ? ring(badge.score) : null;
    button.className = `mark${picture ? "" : " bare"}${word ? "" : " alone"}`;
    button.setAttribute("aria-label", Wording.markName(badge));
    button.dataset.word = word;
    host.dataset.form = word ? "word" : "ring";
    button.replaceChildren(...(picture ? [picture] : []));
  }

  /**
   * @typedef {{host: HTMLElement, button: HTMLElement, spot: Spot, again: boolean}} Made again: whether it may serve
   *   another person
   */

  /** @type {Made[]} a host with its closed root costs far more to make than to draw anew */
  const idle = [];

  /** @param {Spot} spot @returns {Made} */
  function build(spot) {
    const { host, root } = leaf("badge", spot.first);
    const button = Dom.h("button", { type: "button", "aria-haspopup": "dialog" });
    const made = { host, button, spot, again: !spot.first };
    button.addEventListener("click", (event) => {
      event.preventDefault();
      made.again = false; // the card hangs from it
      open(made.spot, button);
    });
    root.append(button);
    return made;
  }

  /**
   * @param {Spot} spot @param {Badge} badge
   * @returns {{host: HTMLElement, update: (badge: Badge | null) => void, destroy: () => void}}
   */
  function create(spot, badge) {
    const made = (spot.first ? undefined : idle.pop()) ?? build(spot);
    made.spot = spot;
    draw(made, spot, badge);
    return {
      host: made.host,
      update: (fresh) => { if (fresh) draw(made, spot, fresh); },
      destroy: () => { if (made.again && idle.length < KEPT) idle.push(made); },
    };
  }

  /** @type {(spot: Spot, source: HTMLElement, how?: OpenHow) => unknown} */
  let open = () => {};

  /** @param {(spot: Spot, source: HTMLElement, how?: OpenHow) => unknown} handler opens a person's card from a mark */
  function onOpen(handler) {
    open = handler;
  }

  return { create, says, leaf, onOpen, open: (/** @type {Parameters<typeof open>} */ ...given) => open(...given) };
})();
Object.assign(globalThis, { Mark });
