// The card of one person: puts the parts together, loads, saves, and follows changes made elsewhere.
"use strict";
(() => {
  /** @type {Set<PersonCard>} */
  const open = new Set();

  /** @param {string} handle @param {string | null} [id] @returns {Card} what is shown while nothing is known */
  function blank(handle, id) {
    return /** @type {Card} */ ({ handle, id: id ?? null, name: "", score: null, state: "unknown", note: null, tags: [], alias: null, follows_me: null, i_follow: null, former: [], recycled: null, trend: [], last: {}, you: 0, they: 0 });
  }

  class PersonCard {
    /** @param {{handle: string, id?: string | null, post?: string | null}} who @param {boolean} inPage a region of the page, or the inside of a dialog */
    constructor(who, inPage) {
      this.who = who;
      this.card = blank(who.handle, who.id);
      this.loaded = false;
      this.top = Dom.h("div", {});
      this.extra = Dom.h("div", {});
      this.said = Dom.h("span", { class: "saved", role: "status", "aria-live": "polite" });
      this.acts = Dom.h("div", { class: "acts" });
      this.tags = new Tags({ save: (tags) => this.saveTags(tags), all: async () => (await Protocol.send("tags.get", {})).tags, paint: (name, colour) => this.paintTag(name, colour) });
      this.editor = new Editor({ send: (text, base) => this.saveNote(text, base), say: (words, failed) => this.say(words, failed), footer: () => this.footer() });
      this.inPage = inPage;
      this.node = Dom.h(inPage ? "section" : "div", { class: inPage ? "m card-in-page" : "m", tabindex: "-1", "aria-label": inPage ? Dom.t("cardLabel", `@${who.handle}`) : null },
        this.top, this.tags.node, this.editor.node, this.extra, this.acts);
      this.node.addEventListener("keydown", (event) => this.onKey(/** @type {KeyboardEvent} */ (event)));
      this.editor.node.addEventListener("mutuals-left", () => this.node.focus({ preventScroll: true }));
      this.draw();
      open.add(this);
    }

    /** Asks for everything about the person; what is on screen stays until it comes. */
    async load() {
      try {
        const { card, status } = await Protocol.send("person.get", { viewer: Viewer.now(), person: this.person() });
        this.loaded = true;
        this.show(card ?? this.card, status);
      } catch (error) {
        this.say(/** @type {Error} */ (error).message, true);
        Log.error("card", error);
      }
    }

    /** @returns {{id?: string, handle: string}} the person as the companion wants it: the id when it is one of X's */
    person() {
      const id = this.card.id ?? this.who.id;
      return id && /^\d+$/.test(id) ? { id, handle: this.who.handle } : { handle: this.who.handle };
    }

    /** @param {Card} card @param {{state: string, waiting?: number} | string | undefined} status */
    show(card, status) {
      this.card = card;
      this.status = typeof status === "string" ? status : status?.state;
      this.draw();
      this.tags.load((card.tags ?? []).map((tag) => (typeof tag === "string" ? { name: tag } : tag)));
      this.editor.load(card.note?.text ?? "", card.note?.rev ?? null);
    }

    draw() {
      const now = Math.floor(Date.now() / 1000);
      const away = this.loaded && this.status && this.status !== "connected" ? [Dom.h("p", { class: "notice" }, Dom.t(`away_${this.status}`))] : [];
      const parts = [CardParts.head(this.card, now), ...away, ...CardParts.notices(this.card), CardParts.trend(this.card)];
      this.top.replaceChildren(...parts.filter((part) => part !== null));
      this.drawActs();
    }

    drawActs() {
      const buttons = CardActions.fitting(this).map((action, at) =>
        Dom.h("button", { type: "button", class: at === 0 ? "a first" : "a", "aria-keyshortcuts": action.key ?? null, onclick: () => action.run(this) },
          Dom.t(action.label), action.key ? Dom.h("kbd", { "aria-hidden": "true" }, action.key) : null));
      const focused = [...this.acts.children].indexOf(/** @type {Element} */ (/** @type {ShadowRoot} */ (this.acts.getRootNode()).activeElement));
      this.acts.replaceChildren(...buttons, this.said);
      if (focused >= 0) buttons[focused]?.focus();
    }

    /** @returns {Element | null} */
    footer() {
      return this.loaded ? CardParts.noteFooter(this.card, () => void Versions.toggle(this)) : null;
    }

    /** @param {string} words @param {boolean} failed */
    say(words, failed) {
      this.said.textContent = words;
      this.said.classList.toggle("failed", failed);
    }

    /** @param {string} kind @param {object} body @param {number | null} base */
    write(kind, body, base) {
      return Protocol.send("write.put", { viewer: Viewer.now(), kind, person: this.person(), body, base });
    }

    /** @param {string} text @param {number | null} base */
    async saveNote(text, base) {
      const post = this.card.note?.post ?? this.who.post ?? null;
      const { rev, state } = await this.write("note", post ? { text, post } : { text }, base);
      return { rev, state };
    }

    /** @param {string[]} tags */
    async saveTags(tags) {
      await this.saveSmall("tags", { tags }, /** @type {any} */ (this.card).tags_rev ?? null);
    }

    /** @param {string} kind @param {object} body @param {number | null} base */
    async saveSmall(kind, body, base) {
      try {
        const { state } = await this.write(kind, body, base);
        this.say(state === "saved" ? Dom.t("saidSaved", Words.when(Date.now() / 1000)) : Dom.t("saidQueued"), false);
        await this.load();
      } catch (error) {
        this.say(Dom.t("saidFailed", /** @type {Error} */ (error).message), true);
      }
    }

    /** @param {string} name @param {string} colour */
    async paintTag(name, colour) {
      await this.saveSmall("tag_colour", { name, colour }, null);
    }

    /** A field for the user's own name for the person, in place of the tags until it is left. */
    editAlias() {
      const field = /** @type {HTMLInputElement} */ (Dom.h("input", { type: "text", class: "private", maxlength: 40, dir: "auto", value: this.card.alias ?? "", "aria-label": Dom.t("aliasLabel"), placeholder: Dom.t("aliasLabel") }));
      const box = Dom.h("div", { class: "chips" }, Dom.h("div", { class: "tagbox" }, field));
      let done = false;
      const finish = (/** @type {boolean} */ keep) => {
        if (done) return;
        done = true;
        box.remove();
        const alias = field.value.trim();
        if (keep && alias !== (this.card.alias ?? "")) void this.saveSmall("alias", { alias }, /** @type {any} */ (this.card).alias_rev ?? null);
      };
      field.addEventListener("blur", () => finish(true));
      field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        finish(event.key === "Enter");
        this.node.focus({ preventScroll: true });
      });
      this.top.after(box);
      field.focus();
      field.select();
    }

    toggleHelp() {
      const shown = this.extra.querySelector(".help");
      if (shown) shown.remove();
      else this.extra.prepend(Help.create(this));
    }

    /** @param {KeyboardEvent} event */
    onKey(event) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(/** @type {Element} */ (event.target).tagName)) return;
      const action = CardActions.byKey(this, event.key);
      if (!action) return;
      event.preventDefault();
      action.run(this);
    }

    /** Takes the card down; what was typed is kept first. */
    close() {
      this.editor.leave();
      open.delete(this);
    }
  }

  /**
   * The card as a leaf of the profile page.
   * @param {Spot} spot @returns {{host: HTMLElement, update: () => void, destroy: () => void}}
   */
  function inPage(spot) {
    const { host, root } = Mark.leaf("card");
    const card = new PersonCard(spot, true);
    root.append(card.node);
    void card.load();
    return { host, update: () => void card.load(), destroy: () => card.close() };
  }

  /** Something about a person changed elsewhere. @param {{id?: string | null, handle?: string | null}} person */
  function changed(person) {
    for (const card of open) {
      const same = (person.id && person.id === card.card.id) || person.handle?.toLowerCase() === card.who.handle.toLowerCase();
      if (same && !card.editor.isBusy()) void card.load();
    }
  }

  /** What is typed anywhere is kept: the page is being left. */
  function leaveAll() {
    for (const card of open) card.editor.leave();
  }

  Object.assign(globalThis, { PersonCard, Card: { inPage, changed, leaveAll, all: () => [...open], busy: () => [...open].some((card) => card.editor.isBusy()) } });
})();
