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
   * @param {Element} node @param {(open: boolean) => void} tell called soon, and at each change that a browser tells of
   * @returns {IntersectionObserver}
   */
  function look(node, tell) {
    const observer = new IntersectionObserver((changes) => {
      const { isVisible = true, intersectionRatio } = /** @type {any} */ (changes.at(-1));
      tell(isVisible && intersectionRatio >= MOST && isPlain(node));
    }, /** @type {any} */ ({ trackVisibility: "isVisible" in IntersectionObserverEntry.prototype, delay: 100 }));
    observer.observe(node);
    return observer;
  }

  /** @param {Element} node @returns {Promise<boolean>} */
  function isOpen(node) {
    return new Promise((resolve) => {
      const observer = look(node, (open) => {
        observer.disconnect();
        resolve(open);
      });
    });
  }

  /** @type {IntersectionObserver | undefined} looks at what the pointer came over last */
  let watching;

  /**
   * Looks at a control already before it is pressed: of the press the page hears first, and could uncover it for that.
   * @param {Element} node @returns {() => Promise<boolean>} whether it lies open, and did when it was pressed
   */
  function watch(node) {
    let open = true;
    let pressed = true;
    const again = () => {
      watching?.disconnect();
      watching = look(node, (now) => { open = now; });
    };
    node.addEventListener("pointerenter", again);
    node.addEventListener("pointermove", () => { if (!open) again(); }); // Firefox does not tell of what fades in
    node.addEventListener("pointerdown", () => {
      pressed = open;
      again();
    });
    return async () => pressed && isOpen(node);
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

  return { watch, isPartOpen };
})();
Object.assign(globalThis, { Sight });
