// The palette: finds anybody by name, tag or a word the user wrote, and offers what can be done with the chosen one.
"use strict";

/** @typedef {Api["search.find"]["result"]["people"][0]} Found */
/** @typedef {{node: HTMLElement, run: () => void, person?: Found}} PaletteRow */

class Palette {
  static LIMIT = 12;
  static KEYS = new Set(["ArrowDown", "ArrowUp", "Enter", "Tab"]);
  /** What can be done with the chosen person, by the card's own keys; "" shows the card. */
  static ACTS = [["paletteCard", ""], ["actNote", "E"], ["vetButton", "V"], ["actTouch", "L"]];
  /** Kinds of a match that are of the person, and not words that the user wrote about them. */
  static OF_PERSON = new Set(["person", "tags", "alias"]);

  /**
   * @param {(person: Found, key: string) => void} act shows a person's card and runs one of its actions
   * @param {() => void} leave
   */
  constructor(act, leave) {
    this.act = act;
    /** @type {PaletteRow[]} what can be chosen now */
    this.rows = [];
    this.chosen = 0;
    /** @type {Found[]} */
    this.people = [];
    this.asked = "";
    this.busy = false;
    this.doing = false; // whether the actions of one person are shown
    /** @type {string[]} keys pressed before what was typed is found: they are for that list, not for the old one */
    this.early = [];
    this.field = /** @type {HTMLInputElement} */ (Dom.h("input", {
      "type": "text", "class": "private", "role": "combobox", "aria-expanded": "true", "aria-controls": "found",
      "aria-autocomplete": "list", "aria-label": Dom.t("paletteField"), "placeholder": Dom.t("paletteField"),
      "autocomplete": "off", "spellcheck": "false", "dir": "auto",
    }));
    this.list = Dom.h("div", { role: "listbox", id: "found", "aria-label": Dom.t("paletteField") });
    this.said = Dom.h("p", { class: "who said", role: "status" });
    const close = Dom.h("button", { type: "button", class: "a", "aria-label": Dom.t("close"), onclick: leave }, "×");
    this.node = Dom.h("div", { class: "m palette" }, Dom.h("div", { class: "top" }, this.field, close), this.said,
      this.list, Dom.h("p", { class: "who keys" }, Dom.t("paletteKeys")));
    this.field.addEventListener("input", () => { this.early = []; void this.find(); });
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    void this.find();
  }

  /** @param {string} address on X, which takes the place of X's page */
  static visit(address) {
    open(address, "_top");
  }

  /** @param {Found} person @returns {string} */
  static profile({ id, handle }) {
    return handle ? `https://x.com/${encodeURIComponent(handle)}` : `https://x.com/i/user/${id}`;
  }

  /** @param {Found} person @returns {string} the user's own name for them, or theirs */
  static nameOf(person) {
    return person.alias || person.name || `@${person.handle}`;
  }

  /** Asks once at a time; what was typed meanwhile is asked next. */
  async find() {
    if (this.busy) return;
    this.busy = true;
    try {
      let q;
      do {
        q = this.field.value.trim();
        const found = await Protocol.send("search.find", { viewer: Session.viewer(), q, limit: Palette.LIMIT });
        [this.people, this.asked] = [found.people, q];
      } while (q !== this.field.value.trim());
      this.showPeople();
    } catch (error) {
      this.said.textContent = /** @type {Error} */ (error).message;
      this.early = [];
    } finally {
      this.busy = false;
    }
    for (const key of this.early.splice(0)) this.press(key);
  }

  showPeople() {
    this.doing = false;
    const all = this.people.map((person) => this.personRow(person));
    const isOf = (/** @type {PaletteRow} */ { person }) => Palette.OF_PERSON.has(person?.where ?? "person");
    this.draw([
      [Dom.t(this.asked ? "palettePeople" : "panelRecent"), all.filter(isOf)],
      [Dom.t("paletteWrote"), all.filter((row) => !isOf(row))],
      ["X", all.length > 0 || !this.asked ? [] : [this.searchOnX()]],
    ]);
    this.said.textContent = all.length === 0 && this.asked ? Dom.t("paletteNobody") : "";
  }

  /** @param {Found} person */
  showActs(person) {
    this.doing = true;
    const acts = Palette.ACTS.map(([label, key]) => ({
      node: this.row(Dom.t(label), key ? Dom.h("kbd", { "aria-hidden": "true" }, key) : null),
      run: () => this.act(person, key),
    }));
    const open = { node: this.row(Dom.t("paletteOpen")), run: () => Palette.visit(Palette.profile(person)) };
    this.draw([[Dom.t("paletteDo", Palette.nameOf(person)), [...acts, open]]]);
  }

  /** @returns {PaletteRow} where nobody was found here */
  searchOnX() {
    const address = `https://x.com/search?q=${encodeURIComponent(this.asked)}&f=user`;
    return { node: this.row(Dom.t("paletteSearchX")), run: () => Palette.visit(address) };
  }

  /** @param {Found} person @returns {PaletteRow} */
  personRow(person) {
    const kind = person.where ?? "person";
    const about = kind === "person" || kind === "alias" ? person.tags.join(", ") : person.excerpt ?? "";
    const name = Dom.h("bdi", { class: person.alias ? "private" : null }, ...this.marked(Palette.nameOf(person)));
    const handle = person.handle ? [" ", ...this.marked(`@${person.handle}`)] : [];
    const node = this.row(
      Charts.ring(person.score, 1, 28, 5),
      Dom.h("span", { class: "found" }, Dom.h("b", {}, name), Dom.h("span", { class: "who" }, ...handle),
        about ? Dom.h("span", { class: "line private", dir: "auto" }, ...this.marked(about)) : null),
    );
    return { node, run: () => Palette.visit(Palette.profile(person)), person };
  }

  /** @param {...(string | Node | null)} parts @returns {HTMLElement} */
  row(...parts) {
    return Dom.h("div", { role: "option", class: "pick", "aria-selected": "false" }, ...parts);
  }

  /** @param {string} text @returns {(string | Element)[]} with what was looked for marked */
  marked(text) {
    const at = this.asked ? text.toLocaleLowerCase().indexOf(this.asked.toLocaleLowerCase()) : -1;
    if (at < 0) return [text];
    const end = at + this.asked.length;
    return [text.slice(0, at), Dom.h("mark", {}, text.slice(at, end)), text.slice(end)];
  }

  /** @param {[string, PaletteRow[]][]} groups with their titles; empty ones are left out */
  draw(groups) {
    this.rows = groups.flatMap(([, rows]) => rows);
    for (const [at, { node, run }] of this.rows.entries()) {
      node.id = `found-${at}`;
      node.addEventListener("click", run);
      node.addEventListener("pointermove", () => { if (this.chosen !== at) this.choose(at); });
    }
    this.list.replaceChildren(...groups.filter(([, rows]) => rows.length > 0).map(([title, rows]) =>
      Dom.h("div", { "role": "group", "aria-label": title },
        Dom.h("div", { "class": "head", "aria-hidden": "true" }, title), rows.map(({ node }) => node))));
    this.choose(0);
  }

  /** @param {number} at place of the row that Enter is for */
  choose(at) {
    this.chosen = Math.max(0, Math.min(at, this.rows.length - 1));
    this.rows.forEach(({ node }, index) => node.setAttribute("aria-selected", String(index === this.chosen)));
    const now = this.rows[this.chosen]?.node;
    if (now) this.field.setAttribute("aria-activedescendant", now.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing) return;
    const back = event.key === "Escape" || (event.key === "Tab" && event.shiftKey);
    if (back) {
      this.early = [];
      if (!this.doing) return;
      this.showPeople();
    } else if (this.busy && Palette.KEYS.has(event.key)) this.early.push(event.key);
    else if (!this.press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} key @returns {boolean} whether it was for the list */
  press(key) {
    const person = this.rows[this.chosen]?.person;
    if (key === "ArrowDown") this.choose(this.chosen + 1);
    else if (key === "ArrowUp") this.choose(this.chosen - 1);
    else if (key === "Enter") this.rows[this.chosen]?.run();
    else if (key === "Tab" && person) this.showActs(person);
    else return false;
    return true;
  }
}
Object.assign(globalThis, { Palette });
