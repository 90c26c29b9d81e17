// Follows one of our frames while the pointer is over it, to tell it when X's page moves it.
"use strict";

class Stillness {
  /** @param {HTMLElement} node @param {() => void} moved */
  constructor(node, moved) {
    this.node = node;
    this.moved = moved;
    this.on = false;
  }

  /** @param {boolean} over */
  follow(over) {
    const began = over && !this.on;
    this.on = over;
    if (began) this.look("");
  }

  /** @param {string} before where it stood, and how wide */
  look(before) {
    if (!this.on || !this.node.isConnected) return;
    const { left, top, width } = this.node.getBoundingClientRect();
    const place = `${left} ${top} ${width}`;
    if (place !== before) this.moved();
    requestAnimationFrame(() => this.look(place));
  }
}
Object.assign(globalThis, { Stillness });
