// The card of one person: composes its parts, loads and saves, and refreshes when data changes elsewhere.
"use strict";

class PersonCard {
  /** States of the connection that the options page mends. */
  static CAN_PAIR = new Set(["unpaired", "permission", "foreign"]);

  /**
   * @param {{handle: string, id?: string | null, post?: string | null}} who
   * @param {boolean} inPage under a profile's header, or the inside of a dialog
   */
  constructor(who, inPage) {
    this.who = who;
    this.card = CardParts.blank(who.handle, who.id);
    this.loaded = false;
    this.asks = 0;
    this.shown = 0; // which ask the card on screen answers
    this.saves = 0; // how many saves of the note are done
    this.waits = false; // whether the line says that something waits for the companion
    /** @type {string | undefined} how the companion is doing, as of the last load */
    this.status = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.soon = undefined;
    this.top = Dom.h("div", {});
    this.extra = Dom.h("div", {});
    this.statusLine = Dom.h("span", { class: "saved", role: "status", "aria-live": "polite" });
    this.acts = Dom.h("div", { class: "acts" });
    this.tags = new Tags({
      save: (tags) => this.saveTags(tags),
      say: (words, failed) => this.say(words, failed),
      all: async () => (await Protocol.send("tags.get", {})).tags,
    });
    this.editor = new Editor({
      send: (text, base, saw) => this.saveNote(text, base, saw),
      say: (words, failed) => this.say(words, failed),
      footer: () => this.footer(),
      draft: (draft) => Draft.keep(who.handle, draft),
      settled: () => Draft.drop(who.handle),
    });
    this.news = new SharedNews(this);
    this.inPage = inPage;
    this.node = Dom.h(
      inPage ? "section" : "div",
      {
        class: inPage ? "m card-in-page" : "m",
        tabindex: "-1",
        "aria-label": inPage ? Dom.t("cardLabel", `@${who.handle}`) : null,
      },
      this.top,
      this.tags.node,
      this.editor.node,
      this.extra,
      this.acts,
    );
    this.node.addEventListener("keydown", (event) => this.onKey(/** @type {KeyboardEvent} */ (event)));
    this.editor.node.addEventListener("mutuals-left", () => this.node.focus({ preventScroll: true }));
    this.draw();
  }

  /** @returns {number} the number of one more question about the person */
  ask() {
    return (this.asks += 1);
  }

  /**
   * An older answer never covers a newer one.
   * @param {number} ask @returns {boolean} whether its answer is no older than what is on screen, and is shown now
   */
  isNewer(ask) {
    if (ask < this.shown) return false;
    this.shown = ask;
    return true;
  }

  /** Loads all data about the person; the present content stays until it arrives. @returns {Promise<void>} */
  async load() {
    const ask = this.ask();
    const { saves } = this;
    try {
      const { card, status } = await Protocol.send("person.get", { viewer: Session.viewer(), person: this.person() });
      if (saves !== this.saves) return await this.load(); // asked before a save that is done: knows nothing of it
      if (this.isNewer(ask)) await this.show(card ?? this.card, status);
    } catch (error) {
      this.say(/** @type {Error} */ (error).message, true);
      Log.error("card", error);
    }
  }

  /** Schedules one reload for any number of change events in a short time. */
  refresh() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void (this.editor.isBusy() ? this.hear() : this.load()), 150);
  }

  /** Says "saved" once what waited has arrived, without disturbing a text being typed. */
  async hear() {
    if (!this.waits) return;
    const { card, status } = await Protocol.send("person.get", { viewer: Session.viewer(), person: this.person() });
    this.arrived(card, status);
  }

  /** @param {Card | null} card @param {Status} status */
  arrived(card, status) {
    if (!this.waits || card?.pending || status?.state !== "connected") return;
    this.say(Dom.t("saidSaved", Times.when(Date.now() / 1000)), false);
  }

  /**
   * @returns {{id?: string, handle: string}} the person as a request names it: with the id where it is a numeric id of
   *   X
   */
  person() {
    const id = this.card.id ?? this.who.id;
    return id && /^\d+$/.test(id) ? { id, handle: this.who.handle } : { handle: this.who.handle };
  }

  /**
   * Draws what was loaded; the first time also a text that was being typed when a frame before this one ended.
   * @param {Card} card @param {Status} status
   */
  async show(card, status) {
    const first = !this.loaded;
    this.loaded = true;
    this.card = card;
    this.status = status?.state;
    this.draw();
    this.keepFocus(() => {
      this.tags.load(card.tags ?? []);
      this.editor.load(card.note?.text ?? "", card.note?.rev ?? null);
    });
    CardHistory.follow(this);
    this.news.follow(card.live === true);
    this.arrived(card, status);
    if (first) this.editor.resume(await Draft.left(this.who.handle));
  }

  /**
   * Draws anew; the focus goes to what stands in the place of what had it, or to the card: else the keys are nobody's.
   * @param {() => void} drawing
   */
  keepFocus(drawing) {
    const had = document.activeElement;
    const alike = () => /** @type {HTMLElement[]} */ ([...this.node.querySelectorAll(had?.tagName ?? "a")])
      .filter((one) => one.className === had?.className);
    const at = alike().indexOf(/** @type {HTMLElement} */ (had));
    drawing();
    if (at >= 0 && !had?.isConnected) (alike()[at] ?? this.node).focus({ preventScroll: true });
  }

  draw() {
    const now = Math.floor(Date.now() / 1000);
    const away =
      this.loaded && this.status && this.status !== "connected"
        ? [Dom.h("p", { class: "notice" }, Dom.t(`away_${this.status}`), ...this.wayOut())]
        : [];
    const parts = [
      CardParts.head(this.card, now), CardSteps.line(this), CardParts.chatNow(this.card, now),
      ...away, ...CardParts.notices(this.card), ...Vet.notice(this),
      CardParts.aboutAccount(this.card), CardParts.trend(this.card),
    ];
    this.keepFocus(() => this.top.replaceChildren(...parts.filter((part) => part !== null)));
    this.drawActs();
  }

  /** @returns {(string | Element)[]} a button to the page that pairs, where that is what is missing */
  wayOut() {
    if (!PersonCard.CAN_PAIR.has(this.status ?? "")) return [];
    const pair = () => void chrome.runtime.openOptionsPage();
    return [" ", Dom.h("button", { type: "button", class: "a", onclick: pair }, Dom.t("cardPair"))];
  }

  drawActs() {
    const buttons = CardActions.fitting(this).map((action, at) =>
      Dom.h(
        "button",
        {
          type: "button",
          class: at === 0 ? "a first" : "a",
          "aria-keyshortcuts": action.key ?? null,
          "aria-label": action.bare ? Dom.t(action.label) : null,
          onclick: () => action.run(this),
        },
        action.bare ? null : Dom.t(action.label),
        action.key ? Dom.h("kbd", { "aria-hidden": "true" }, action.key) : null,
      ),
    );
    const focused = [...this.acts.children].indexOf(
      /** @type {Element} */ (document.activeElement),
    );
    this.acts.replaceChildren(...buttons, this.statusLine);
    if (focused >= 0) buttons[focused]?.focus();
  }

  /** @returns {Element | null} */
  footer() {
    return this.loaded ? CardParts.noteFooter(this.card, () => void Versions.toggle(this)) : null;
  }

  /** @param {string} words @param {boolean} failed */
  say(words, failed) {
    this.waits = words === Dom.t("saidQueued");
    this.statusLine.textContent = words;
    this.statusLine.classList.toggle("failed", failed);
  }

  /**
   * @param {string} kind
   * @param {object} body
   * @param {number | null} base
   * @param {string} [saw] the text that was on screen before
   */
  write(kind, body, base, saw) {
    return Writing.put({ viewer: Session.viewer(), kind, person: this.person(), body, base, saw });
  }

  /** @param {string} text @param {number | null} base @param {string} saw */
  async saveNote(text, base, saw) {
    const post = this.card.note?.post ?? this.who.post ?? null;
    const { rev, state } = await this.write("note", post ? { text, post } : { text }, base, saw);
    this.saves += 1;
    return { rev, state };
  }

  /** @param {string[]} tags */
  async saveTags(tags) {
    await this.saveSmall("tags", { tags }, this.card.tags_rev ?? null);
  }

  /** @param {string} kind @param {object} body @param {number | null} base @param {string} [saw] */
  async saveSmall(kind, body, base, saw) {
    try {
      const { op, state } = await this.write(kind, body, base, saw);
      this.say(state === "saved" ? Dom.t("saidSaved", Times.when(Date.now() / 1000)) : Dom.t("saidQueued"), false);
      await this.load();
      return op;
    } catch (error) {
      if (/** @type {{code?: string}} */ (error).code === "conflict") await this.load(); // to show the other one
      this.say(Dom.t("saidFailed", /** @type {Error} */ (error).message), true);
    }
  }

  /** A field for the user's own name for the person, in place of the tags until it is left. */
  editAlias() {
    const field = /** @type {HTMLInputElement} */ (
      Dom.h("input", {
        type: "text", class: "private", dir: "auto", value: this.card.alias ?? "",
        "aria-label": Dom.t("aliasLabel"), placeholder: Dom.t("aliasLabel"),
      })
    );
    const box = Dom.h("div", { class: "chips" }, Dom.h("div", { class: "tagbox" }, field));
    let done = false;
    const finish = (/** @type {boolean} */ keep) => {
      if (done) return;
      const alias = field.value.trim();
      if (keep && !Tables.fits(alias, "alias")) return this.say(CardParts.tooLong(alias, "alias"), true);
      done = true;
      box.remove();
      if (keep && alias !== (this.card.alias ?? "")) {
        void this.saveSmall("alias", { alias }, this.card.alias_rev ?? null);
      }
    };
    field.addEventListener("blur", () => finish(true));
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
      event.preventDefault();
      event.stopPropagation();
      finish(event.key === "Enter");
      if (done) this.node.focus({ preventScroll: true });
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
    const key = Dom.keyOf(event);
    const action = CardActions.byKey(this, key);
    if (!action && !Vet.key(this, key)) return;
    event.preventDefault();
    action?.run(this);
  }

  /** Refreshes after something changed elsewhere. @param {PersonKey} person whom it changed about */
  changed(person) {
    const same = (person.id && person.id === this.card.id) || People.same(person.handle, this.who.handle);
    if (!same) return;
    this.refresh();
    Vet.refresh(this);
  }

  /** Runs one of the card's actions, as its key does. @param {string} key */
  act(key) {
    this.node.focus({ preventScroll: true });
    CardActions.byKey(this, key)?.run(this);
  }

  /** Closes the card after saving what was typed. */
  close() {
    clearTimeout(this.soon);
    this.news.end();
    this.editor.leave();
    if (this.editor.isTooLong()) Draft.flush();
  }
}

Object.assign(globalThis, { PersonCard });
