// Tells whether a control lies open to the eye: not covered, faded, scaled or cut by the page.
"use strict";

const Sight = (() => {
  const MOST = 0.5; // part that has to be on screen
  const PLAIN = "1 none none none normal none none none";

  /** @param {any} one a node @returns {boolean} whether nothing around it changes how it looks */
  function isPlain(one) {
    for (; one; one = one.assignedSlot ?? one.parentNode ?? one.host) {
      if (!(one instanceof Element)) continue;
      const is = getComputedStyle(one);
      const { opacity, filter, clipPath, maskImage, mixBlendMode, scale, rotate, perspective } = is;
      const look = [opacity, filter, clipPath, maskImage, mixBlendMode, scale, rotate, perspective].join(" ");
      if (look !== PLAIN || !/^(none|matrix\(1, 0, 0, 1,)/.test(is.transform)) return false;
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
      }, /** @type {any} */ ({ trackVisibility: tells, delay: 100 }));
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
