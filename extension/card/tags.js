// Tags of a person as chips, and a combobox with autocomplete to add one.
"use strict";

const TagText = (() => {
  const SHOWN = 8;

  /** @param {string} text @returns {string} one tag, tidied: no leading #, single spaces */
  function tidy(text) {
    return text.replace(/\s+/g, " ").trim().replace(/^#+/, "").trim();
  }

  /**
   * Tags that fit what is typed, those that begin with it first, the much-used before the rare.
   * @param {Tag[]} all @param {string[]} taken @param {string} typed @returns {Tag[]}
   */
  function suggest(all, taken, typed) {
    const text = typed.toLocaleLowerCase();
    const has = new Set(taken.map((name) => name.toLocaleLowerCase()));
    const place = (/** @type {Tag} */ tag) => (tag.name.toLocaleLowerCase().startsWith(text) ? 0 : 1);
    return all.filter((tag) => !has.has(tag.name.toLocaleLowerCase()) && tag.name.toLocaleLowerCase().includes(text))
      .sort((one, other) => place(one) - place(other) || (other.count ?? 0) - (one.count ?? 0)).slice(0, SHOWN);
  }

  return { tidy, suggest };
})();

class Tags {
  /** @param {TagsWork} work */
  constructor(work) {
    this.work = work;
    /** @type {Tag[]} */
    this.tags = [];
    /** @type {Tag[]} */
    this.all = [];
    /** @type {Tag[]} what the list under the box offers */
    this.offers = [];
    this.open = false;
    this.chosen = -1;
    this.ready = false;
    this.node = Dom.h("div", { class: "chips" });
    this.input = /** @type {HTMLInputElement} */ (
      Dom.h("input", {
        type: "text", class: "private", role: "combobox", "aria-expanded": "true",
        "aria-autocomplete": "list", "aria-controls": "tag-options", "aria-label": Dom.t("tagLabel"),
        placeholder: Dom.t("tagLabel"), autocomplete: "off", dir: "auto",
      })
    );
    this.list = Dom.h("div", {
      class: "options",
      role: "listbox",
      id: "tag-options",
      "aria-label": Dom.t("tagSuggestions"),
    });
    this.input.addEventListener("input", () => this.offer());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    // a click on an offer comes after the blur
    this.input.addEventListener("blur", () => setTimeout(() => this.close(false), 150));
  }

  /** @param {Tag[]} tags */
  load(tags) {
    this.tags = tags;
    this.ready = true;
    if (!this.open) this.draw();
  }

  /** @param {Tag} tag @returns {Element} */
  chip(tag) {
    const tint = tag.colour ? TagColours.of(tag.colour, Look.theme() !== "light") : null;
    const style = tint ? `background:${tint.ground};color:${tint.text}` : "";
    return Dom.h(
      "span",
      { class: "chip", style },
      Dom.h("bdi", { class: "private" }, tag.name),
      Dom.h(
        "button",
        { type: "button", "aria-label": Dom.t("tagRemove", tag.name), onclick: () => this.drop(tag.name) },
        "×",
      ),
    );
  }

  draw() {
    const adder = Dom.h("button", { type: "button", class: "chip add", onclick: () => this.show() }, Dom.t("tagAdd"));
    this.node.replaceChildren(...this.tags.map((tag) => this.chip(tag)), ...(this.ready ? [adder] : []));
  }

  /** Opens the combobox; suggestions appear once all tags are loaded. */
  show() {
    if (!this.ready) return;
    this.open = true;
    this.input.value = "";
    this.node.replaceChildren(
      ...this.tags.map((tag) => this.chip(tag)),
      Dom.h("div", { class: "tagbox" }, this.input, this.list),
    );
    this.offer();
    this.input.focus();
    this.work.all().then((all) => { this.all = all; this.offer(); }, () => { /* without it, typing still works */ });
  }

  /** @param {boolean} refocus */
  close(refocus) {
    if (
      !this.open ||
      (!refocus && this.node.contains(document.activeElement))
    ) {
      return;
    }
    this.open = false;
    this.draw();
    if (refocus) /** @type {HTMLElement | null} */ (this.node.lastElementChild)?.focus();
  }

  /** Draws the suggestions for the typed text, and an option to add it as a new tag. */
  offer() {
    const typed = TagText.tidy(this.input.value);
    const found = TagText.suggest(this.all, this.tags.map((tag) => tag.name), typed);
    const isNew =
      typed !== "" &&
      Tables.fits(typed, "tag") &&
      ![...this.all, ...this.tags].some((tag) => tag.name.toLocaleLowerCase() === typed.toLocaleLowerCase());
    this.chosen = -1;
    this.offers = [...found, ...(isNew ? [{ name: typed }] : [])];
    this.list.replaceChildren(
      ...this.offers.map((tag) => this.option(tag, found.includes(tag) ? tag.name : Dom.t("tagNew", tag.name))),
    );
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Tag} tag @param {string} words @returns {Element} */
  option(tag, words) {
    const tint = tag.colour ? TagColours.of(tag.colour, Look.theme() !== "light") : null;
    const node = Dom.h(
      "div",
      {
        class: "chip option",
        role: "option",
        "aria-selected": "false",
        style: tint ? `background:${tint.ground};color:${tint.text}` : "",
      },
      Dom.h("bdi", { class: "private" }, words),
    );
    node.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    node.addEventListener("click", () => void this.add(tag.name));
    return node;
  }

  /** @param {number} step */
  move(step) {
    const options = [...this.list.children];
    if (options.length === 0) return;
    this.chosen = (this.chosen + step + options.length) % options.length;
    options.forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === this.chosen));
      option.id = `tag-option-${at}`;
    });
    this.input.setAttribute("aria-activedescendant", `tag-option-${this.chosen}`);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing) return;
    const keys = {
      ArrowDown: () => this.move(1), ArrowUp: () => this.move(-1), Escape: () => this.close(true),
      Enter: () => this.enter(), ",": () => this.enter(),
    };
    const act = /** @type {Record<string, () => void>} */ (keys)[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  enter() {
    const name = this.offers[this.chosen]?.name ?? TagText.tidy(this.input.value);
    if (!name) return this.close(true);
    if (Tables.fits(name, "tag")) void this.add(name);
    else this.work.say(CardParts.tooLong(name, "tag"), true);
  }

  /** @param {string} name */
  async add(name) {
    const known = this.all.find((tag) => tag.name.toLocaleLowerCase() === name.toLocaleLowerCase());
    const tag = { name: known?.name ?? name, colour: known?.colour ?? null };
    if (!this.tags.some((one) => one.name.toLocaleLowerCase() === tag.name.toLocaleLowerCase())) {
      this.tags = [...this.tags, tag];
    }
    this.show();
    await this.work.save(this.tags.map((one) => one.name));
  }

  /** @param {string} name */
  async drop(name) {
    this.tags = this.tags.filter((tag) => tag.name !== name);
    this.draw();
    this.open = false;
    /** @type {HTMLElement | null} */ (this.node.lastElementChild)?.focus();
    await this.work.save(this.tags.map((tag) => tag.name));
  }
}

Object.assign(globalThis, { Tags, TagText });
