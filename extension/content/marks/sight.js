// Tells whether a control lies open to the eye: not covered, faded, scaled or cut by the page.
"use strict";

const Sight = (() => {
  const MOST = 0.5; // part that has to be on screen
  const DELAY_MS = 100; // the least that a browser allows
  /** @type {Record<string, RegExp>} how whatever it stands in has to look */
  const PLAIN = {
    opacity: /^1$/, filter: /none/, clipPath: /none/, maskImage: /none/, mixBlendMode: /normal/, scale: /none/,
    rotate: /none/, perspective: /none/, transform: /none|matrix\(1, 0, 0, 1,/,
  };

  /** @param {Node} node @returns {boolean} whether nothing around it changes how it looks */
  function isPlain(node) {
    /** @type {any} */
    let one = node;
    for (; one; one = one.assignedSlot ?? one.parentNode ?? one.host) {
      if (!(one instanceof Element)) continue;
      const style = /** @type {any} */ (getComputedStyle(one));
      if (!Object.entries(PLAIN).every(([name, fine]) => fine.test(style[name]))) return false;
    }
    return true;
  }

  /**
   * Chromium knows what is painted over it; any browser, how much is on screen.
   * @param {Element} node @returns {Promise<boolean>}
   */
  function isOpen(node) {
    const tells = "isVisible" in IntersectionObserverEntry.prototype;
    return new Promise((resolve) => {
      const observer = new IntersectionObserver(([now]) => {
        observer.disconnect();
        const { isVisible = true } = /** @type {{isVisible?: boolean}} */ (now);
        resolve(isVisible && now.intersectionRatio >= MOST && isPlain(node));
      }, /** @type {any} */ ({ trackVisibility: tells, delay: DELAY_MS }));
      observer.observe(node);
    });
  }

  /**
   * Asks for a part of a frame of ours. The frame cannot: to Chromium all is covered once X's bar is over its edge.
   * @param {HTMLElement} frame @param {number[]} part left, top, width and height in the frame, in px
   */
  async function isPartOpen(frame, [left, top, width, height]) {
    const probe = Dom.h("div", { style: "position:absolute;left:0;top:0;pointer-events:none" });
    frame.after(probe);
    const [at, own] = [frame.getBoundingClientRect(), probe.getBoundingClientRect()];
    const box = { left: at.left - own.left + left, top: at.top - own.top + top, width, height };
    for (const [name, size] of Object.entries(box)) probe.style.setProperty(name, `${size}px`);
    const open = await isOpen(probe);
    probe.remove();
    return open;
  }

  return { isOpen, isPartOpen };
})();
Object.assign(globalThis, { Sight });
