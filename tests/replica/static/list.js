// The virtual list: absolutely placed cells that are measured, moved by translateY, and reused for other rows while scrolling.
"use strict";
(() => {
  const { h, create, patch, readTimeline, read, article, userCell, notice } = window.Replica;
  const AHEAD = 900;
  const GUESS = { post: 140, person: 96, notice: 110 };

  class VirtualList {
    /** @param op the operation; @param variables its variables; @param label what screen readers hear. */
    constructor(op, variables, label, focus) {
      Object.assign(this, { op, variables, label, focus, rows: [], heights: new Map(), slots: [], cursor: null, busy: false, done: false, dropped: 0 });
      this.box = create(h("div", { style: "position: relative; min-height: 0px;" }));
      this.sizes = new ResizeObserver(() => requestAnimationFrame(() => this.measure()));
      this.more();
    }

    async more() {
      if (this.busy || this.done) return;
      this.busy = true;
      const json = await read(this.op, this.cursor ? { ...this.variables, cursor: this.cursor } : this.variables);
      const { rows, cursor } = readTimeline(json);
      this.failed = Boolean(json.errors) && rows.length === 0;
      this.rows.push(...rows);
      Object.assign(this, { busy: false, cursor, done: !cursor || rows.length === 0 });
      window.Replica.redraw();
    }

    height(row) {
      return this.heights.get(row.key) ?? GUESS[row.kind];
    }

    /** Draws the rows near the window: kept where they are, otherwise into a freed cell, otherwise into a new one. */
    draw() {
      const top = -this.box.getBoundingClientRect().top - AHEAD;
      const bottom = top + window.innerHeight + 2 * AHEAD;
      let offset = 0;
      const wanted = new Map();
      for (const row of this.rows) {
        const height = this.height(row);
        if (offset + height >= top && offset <= bottom) wanted.set(row.key, { row, offset });
        offset += height;
      }
      this.box.style.minHeight = `${offset}px`;
      this.place(wanted);
      if (offset < bottom + AHEAD) this.more();
    }

    place(wanted) {
      const free = this.slots.filter((slot) => !wanted.has(slot.key));
      const held = new Set(this.slots.map((slot) => slot.key));
      for (const slot of this.slots) if (wanted.has(slot.key)) this.fill(slot, wanted.get(slot.key));
      for (const [key, place] of wanted) if (!held.has(key)) this.fill(free.pop() ?? this.open(), place);
      for (const slot of free) if (this.slots.length > 8 || slot.key === null) this.close(slot);
    }

    open() {
      const tree = h("div", { "data-testid": "cellInnerDiv", style: "" });
      const slot = { key: null, tree, dom: this.box.appendChild(create(tree)) };
      this.slots.push(slot);
      this.sizes.observe(slot.dom);
      return slot;
    }

    close(slot) {
      this.sizes.unobserve(slot.dom);
      slot.dom.remove();
      this.slots.splice(this.slots.indexOf(slot), 1);
    }

    fill(slot, { row, offset }) {
      const { version } = window.Replica;
      if (slot.key === row.key && slot.offset === offset && slot.version === version) return;
      const inside = row.kind === "person" ? userCell(row.person) : row.kind === "notice" ? notice(row) : article(row, { focused: row.post === this.focus });
      const tree = h("div", { "data-testid": "cellInnerDiv", style: `transform: translateY(${offset}px); position: absolute; width: 100%;` }, h("div", { class: row.joins ? "cell joins" : "cell" }, h("div", {}, inside)));
      patch(slot.tree, tree);
      Object.assign(slot, { key: row.key, offset, version, tree });
    }

    measure() {
      let changed = false;
      for (const slot of this.slots) {
        const height = slot.dom.offsetHeight;
        if (slot.key && height && this.heights.get(slot.key) !== height) {
          this.heights.set(slot.key, height);
          changed = true;
        }
      }
      if (changed) this.draw();
    }
  }

  Object.assign(window.Replica, { VirtualList });
})();
