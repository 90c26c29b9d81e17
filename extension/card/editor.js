// The note editor of a card: renders the state of EditorState and feeds it with input events.
"use strict";

class Editor {
  /** After the last key; a text typed on and on is saved once a second at most. */
  static PAUSE_MS = 250;
  static BETWEEN_MS = 1000;
  /** Fetched while there is an extension to ask. */
  static overWords = "";
  /** Kinds of event that put another text into the box, or another thing in its place. */
  static REPLACES = new Set(["conflict", "loaded"]);

  /** @param {EditorWork} work */
  constructor(work) {
    this.work = work;
    this.state = EditorState.begin();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
    this.paused = 0; // when the last pause in typing was taken for its end
    this.composing = false; // whether an input method is in the middle of a word
    /** @type {EditorEvent[]} what would have replaced the box in the middle of a word */
    this.held = [];
    this.box = /** @type {HTMLTextAreaElement} */ (Dom.h("textarea", {
      class: "private", rows: 3, "aria-label": Dom.t("noteLabel"), dir: "auto",
    }));
    this.count = Dom.h("span", { class: "count" });
    this.hint = Dom.h("div", { class: "small" }, Dom.t("noteHint"), this.count);
    this.node = Dom.h("div", { class: "note" });
    this.listen();
    this.draw();
  }

  listen() {
    this.box.addEventListener("beforeinput", (event) => { if (this.isOver()) event.preventDefault(); });
    this.box.addEventListener("focus", () => this.isOver());
    this.box.addEventListener("compositionstart", () => { this.composing = true; });
    this.box.addEventListener("compositionend", () => this.typed(false));
    this.box.addEventListener("input", (event) => this.typed(/** @type {InputEvent} */ (event).isComposing));
    this.box.addEventListener("blur", () => { if (this.box.isConnected) this.leave(); });
    this.box.addEventListener("keydown", (event) => this.onKey(event));
  }

  /**
   * Takes what is in the box. In the middle of a composition nothing is saved and the box is left alone; a lost end of
   * one is made up for by the next input.
   * @param {boolean} composing
   */
  typed(composing) {
    this.composing = composing === true;
    if (!this.composing) this.clean();
    this.happen({ type: "type", text: this.box.value });
    this.drawCount();
    clearTimeout(this.pause);
    if (this.composing) return;
    for (const event of this.held.splice(0)) this.happen(event);
    const wait = Math.max(Editor.PAUSE_MS, this.paused + Editor.BETWEEN_MS - performance.now());
    this.pause = setTimeout(() => this.rest(), wait);
  }

  /** Saves in a pause of typing. */
  rest() {
    if (this.composing) return;
    this.paused = performance.now();
    this.happen({ type: "pause" });
  }

  /** Makes of pasted characters that nobody sees what was meant, and says so if some were taken out. */
  clean() {
    const { value, selectionEnd } = this.box;
    const plain = EditorState.plain(value);
    if (plain === value) return;
    const caret = EditorState.plain(value.slice(0, selectionEnd)).length;
    this.box.value = plain;
    this.box.setSelectionRange(caret, caret);
    if (plain.length < value.length) this.work.say(Dom.t("noteInvisible"), false);
  }

  /** @param {EditorEvent} event */
  happen(event) {
    if (this.composing && Editor.REPLACES.has(event.type)) return void this.held.push(event);
    const before = this.state;
    const { state, send } = EditorState.step(before, event);
    this.state = state;
    if (event.type === "type") this.work.draft({ text: state.draft, base: state.rev, saw: state.stored });
    else if (EditorState.isDirty(before) && !EditorState.isDirty(state)) this.work.settled();
    if (send) void this.deliver(send);
    if (before.status !== state.status || before.why !== state.why) this.tell();
    if (before.mode !== state.mode || (state.mode === "viewing" && before.draft !== state.draft)) this.draw();
    else if (event.type === "loaded" && before.draft !== state.draft) this.refill();
  }

  /** @param {{text: string, base: number | null, saw: string}} what */
  async deliver(what) {
    try {
      const { rev, state } = await this.work.send(what.text, what.base, what.saw);
      this.happen({ type: "sent", text: what.text, rev, state });
    } catch (error) {
      const { code, details, message } = /** @type {{code?: string, details?: any, message: string}} */ (error);
      const stored = details?.stored ?? details;
      if (code === "conflict" && typeof stored?.text === "string") {
        this.happen({ type: "conflict", text: stored.text, rev: stored.rev });
      } else {
        this.happen({ type: "failed", why: message });
      }
    }
  }

  tell() {
    const { status, why } = this.state;
    if (status === "saving") return; // too short to be worth saying
    if (status === "failed" && this.isOver()) return;
    if (status === "long") return this.work.say(this.tooLong(), true);
    const words = status === "saved" ? Dom.t("saidSaved", Times.when(Date.now() / 1000))
      : status === "queued" ? Dom.t("saidQueued") : status === "failed" ? Dom.t("saidFailed", why) : "";
    this.work.say(words, status === "failed");
  }

  /** @returns {string} why the text is not saved, and what to do */
  tooLong() {
    if (this.state.mode === "conflict") return Dom.t("conflictTooLong", String(Tables.LIMITS.note));
    return CardParts.tooLong(this.state.draft, "note");
  }

  draw() {
    const { mode } = this.state;
    if (mode === "loading") this.node.replaceChildren(Dom.h("span", { class: "text empty" }, Dom.t("noteLoading")));
    else if (mode === "conflict") this.node.replaceChildren(...this.conflictNodes());
    else if (mode === "editing") this.drawBox();
    else this.node.replaceChildren(...[this.view(), this.work.footer()].filter((part) => part !== null));
  }

  drawBox() {
    this.box.value = this.state.draft;
    this.node.replaceChildren(this.box, this.hint);
    this.drawCount();
    this.box.focus();
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
  }

  /** Puts the loaded text into a box in which nothing was typed yet: else it would be saved over that text. */
  refill() {
    this.box.value = this.state.draft;
    this.drawCount();
  }

  drawCount() {
    const left = Tables.LIMITS.note - Tables.count(this.box.value);
    this.count.textContent =
      left < 0 ? Dom.t("noteOver", String(-left)) : left < 500 ? Dom.t("noteLeft", String(left)) : "";
    this.count.classList.toggle("over", left < 0);
  }

  /** @returns {Element} the note with its links, or a placeholder button */
  view() {
    if (!this.state.draft) {
      return Dom.h("button", { type: "button", class: "text empty", onclick: () => this.edit() }, Dom.t("noteEmpty"));
    }
    const text = Dom.h("div", { class: "text private", dir: "auto" }, ...CardParts.linked(this.state.draft));
    text.addEventListener("click", (event) => {
      const onLink = /** @type {Element} */ (event.target).closest("a");
      if (!onLink && !globalThis.getSelection()?.toString()) this.edit();
    });
    return text;
  }

  /** @returns {Element[]} both texts side by side, with buttons to keep one or both */
  conflictNodes() {
    const mine = this.state.draft;
    const theirs = this.state.theirs?.text ?? "";
    const choice = (/** @type {string} */ label, /** @type {string} */ text) =>
      Dom.h(
        "button",
        { type: "button", class: "btn", onclick: () => this.happen({ type: "keep", text }) },
        Dom.t(label),
      );
    const side = (/** @type {string} */ label, /** @type {string} */ text) =>
      Dom.h("div", {}, Dom.h("h2", {}, Dom.t(label)), Dom.h("div", { class: "text private", dir: "auto" }, text));
    const both = `${theirs}\n\n${mine}`;
    return [
      Dom.h("p", { class: "why" }, Dom.t("conflictWhy")),
      Dom.h("div", { class: "both" }, side("conflictMine", mine), side("conflictTheirs", theirs)),
      Dom.h(
        "div",
        { class: "picks" },
        choice("conflictKeepMine", mine),
        choice("conflictKeepTheirs", theirs),
        choice("conflictKeepBoth", both),
      ),
    ];
  }

  edit() {
    if (!this.isOver()) this.happen({ type: "edit" });
  }

  /**
   * Whether the extension was updated or removed since this page was loaded: nothing can be kept then. Says so, and
   * leaves what is in the box to be copied.
   * @returns {boolean}
   */
  isOver() {
    if (Session.isAlive()) return false;
    this.box.readOnly = true;
    this.work.say(Editor.overWords, true);
    return true;
  }

  /**
   * Saves and goes on with a text that an earlier frame left; beside a note that has changed since, both are offered.
   * @param {{text: string, base: number | null, saw?: string} | null} draft `saw`: the note that it was typed over
   */
  resume(draft) {
    if (!draft || this.state.mode !== "viewing") return;
    if (draft.text === this.state.stored) return this.work.settled();
    const { stored, rev } = this.state;
    this.happen({ type: "edit" });
    this.happen({ type: "type", text: draft.text });
    this.box.value = this.state.draft;
    // the revision alone proves little: after a restored backup its number stands for another text
    const changed = (draft.base ?? 0) !== (rev ?? 0) || (draft.saw ?? stored) !== stored;
    if (changed) return this.happen({ type: "conflict", text: stored, rev: rev ?? 0 });
    this.happen({ type: "pause" }); // saved now: nobody may come to this box, and a page that goes saves nothing
  }

  /** Leaves the text box and saves its text. */
  leave() {
    if (this.composing) this.typed(false); // the end of the composition never came
    clearTimeout(this.pause);
    this.happen({ type: "leave" });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing) return;
    const finished = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!finished && event.key !== "Escape") return;
    event.preventDefault(); // Escape here ends the edit, not the popover around it
    event.stopPropagation();
    clearTimeout(this.pause);
    this.happen({ type: finished ? "leave" : "revert" });
    this.node.dispatchEvent(new Event("mutuals-left"));
  }

  /** Takes over a note loaded from the store. @param {string} text @param {number | null} rev */
  load(text, rev) {
    this.happen({ type: "loaded", text, rev });
    const footer = this.work.footer();
    if (this.state.mode === "viewing" && this.node.querySelector(".small")?.outerHTML !== footer?.outerHTML) {
      this.draw();
    }
  }

  /** Restores an earlier version by an ordinary save. @param {string} text */
  restore(text) {
    this.happen({ type: "edit" });
    this.happen({ type: "type", text });
    this.happen({ type: "leave" });
  }

  /** @returns {boolean} whether a text is in the box that is too long to be saved */
  isTooLong() {
    return this.state.mode === "editing" && !Tables.fits(this.state.draft, "note");
  }

  /** @returns {boolean} whether a redraw would disturb the user's editing */
  isBusy() {
    return this.state.mode === "editing" || this.state.mode === "conflict" || this.state.sending !== null;
  }
}

Object.assign(globalThis, { Editor });
