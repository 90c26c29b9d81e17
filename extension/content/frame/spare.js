// One frame kept ready beside the page, where the browser can move a live frame: a profile's card then opens at once.
"use strict";

const SpareFrame = (() => {
  const ANSWER_MS = 500;
  /** @typedef {{host: HTMLElement, root: ShadowRoot, frame: CardFrame}} Spare */
  /** @type {Spare | null} */
  let spare = null;
  /** @type {boolean | null} whether a frame lives on when it is moved; null until it was tried */
  let movable = null;

  /** @returns {Spare} */
  function make() {
    const { host, root } = Mark.leaf("spare");
    return { host, root, frame: new CardFrame(root) };
  }

  /** Makes the next spare frame once the page has nothing else to do. */
  function prepare() {
    if (spare || movable === false || !("moveBefore" in document.body)) return;
    requestIdleCallback(() => {
      if (spare) return;
      const made = make();
      made.host.setAttribute("aria-hidden", "true");
      made.frame.iframe.tabIndex = -1;
      made.frame.message = (said) => { if (said.ready) void keep(made); };
      document.body.append(made.host);
    }, { timeout: 3000 });
  }

  /** @param {Spare} made a spare that is up; kept if it survives a move, as it does in Chromium and not in Firefox */
  async function keep(made) {
    movable ??= await survives(made);
    if (movable && made.host.isConnected && !spare) {
      spare = made;
      made.host.dataset.form = "ready";
      return;
    }
    made.frame.destroy();
    made.host.remove();
  }

  /** @param {Spare} made @returns {Promise<boolean>} whether its document still answers after the host was moved */
  function survives({ host, frame }) {
    /** @type {Element & {moveBefore?: (node: Node, before: Node | null) => void}} */ (document.body)
      .moveBefore?.(host, null);
    return new Promise((resolve) => {
      setTimeout(() => resolve(false), ANSWER_MS);
      frame.message = (said) => { if (said.pong === 1) resolve(frame.loads === 1); };
      frame.send({ ping: 1 });
    });
  }

  /** @returns {Spare | null} the spare, still parked in the page: it is to be moved, not removed */
  function take() {
    const taken = spare?.host.isConnected ? spare : null;
    spare = null;
    if (taken) {
      taken.host.removeAttribute("aria-hidden");
      taken.frame.iframe.removeAttribute("tabindex");
    }
    return taken;
  }

  return { prepare, take };
})();
Object.assign(globalThis, { SpareFrame });
