// Five things to say, and the user's own templates (S): edited here, then copied or opened in X's composer by the user.
"use strict";

const Compose = (() => {
  const KEYS = "123456789";

  /** @param {MessageDraft} draft @returns {string} the words of its button */
  const named = ({ name, words }) => words || Dom.t(`draft_${name}`);

  /**
   * Copies the words of a field. A frame on X's page may be kept from the clipboard; what is selected can be copied.
   * @param {HTMLTextAreaElement} area @returns {Promise<boolean>}
   */
  async function copied(area) {
    try {
      await navigator.clipboard.writeText(area.value);
      return true;
    } catch {
      area.focus();
      area.select();
      return document.execCommand("copy");
    }
  }

  /** The open box of drafts of one card. */
  class Box {
    /** @param {PersonCard} card @param {MessageDraft[]} drafts */
    constructor(card, drafts) {
      this.card = card;
      this.drafts = drafts;
      this.chosen = drafts[0];
      /** @type {Map<MessageDraft, string>} what became of a draft's text while the box is open */
      this.texts = new Map(drafts.map((draft) => [draft, draft.text]));
      this.picks = drafts.map((draft, at) => this.pick(draft, KEYS[at]));
      this.area = /** @type {HTMLTextAreaElement} */ (Dom.h("textarea", { dir: "auto", oninput: () => this.typed() }));
      this.link = /** @type {HTMLAnchorElement} */ (Dom.h("a", {
        class: "btn fill", target: "_blank", rel: "noopener noreferrer",
        onclick: (/** @type {Event} */ event) => { if (this.blocked()) event.preventDefault(); },
      }, Dom.t("draftOpen")));
      const copy = Dom.h("button", {
        type: "button", class: "btn", "aria-keyshortcuts": "C", onclick: () => void this.copy(),
      }, Dom.t("draftCopy"), Dom.h("kbd", { "aria-hidden": "true" }, "C"));
      this.length = Dom.h("span", { class: "dim count" });
      this.says = Dom.h("span", { class: "dim", role: "status" });
      this.node = Dom.h("div", { class: "touch say", role: "group", tabindex: "-1", "aria-label": Dom.t("actSay") },
        Dom.h("div", { class: "picks" }, ...this.picks), this.area,
        Dom.h("div", { class: "picks" }, this.link, copy, this.length, this.says),
        Dom.h("p", { class: "small" }, Dom.t("draftNotSent")));
      this.node.addEventListener("keydown", (event) => this.onKey(/** @type {KeyboardEvent} */ (event)));
      this.choose(this.chosen);
    }

    /** @param {MessageDraft} draft @param {string | undefined} key @returns {HTMLElement} */
    pick(draft, key) {
      const mark = key ? Dom.h("kbd", { "aria-hidden": "true" }, key) : null;
      return Dom.h("button", {
        type: "button", class: "btn", "aria-keyshortcuts": key ?? null, onclick: () => this.choose(draft),
      }, Dom.h("bdi", {}, named(draft)), mark);
    }

    /** @param {MessageDraft} draft */
    choose(draft) {
      this.chosen = draft;
      this.picks.forEach((pick, at) => pick.setAttribute("aria-pressed", String(this.drafts[at] === draft)));
      this.area.value = this.texts.get(draft) ?? "";
      this.area.setAttribute("aria-label", named(draft));
      this.draw();
    }

    typed() {
      this.texts.set(this.chosen, this.area.value);
      this.draw();
    }

    draw() {
      const length = PostLength.postLength(this.area.value);
      const address = PostLength.composer(this.area.value, "");
      this.length.textContent = Dom.t("draftLength", [String(length), String(PostLength.MOST)]);
      this.length.classList.toggle("over", length > PostLength.MOST);
      this.link.hidden = !address;
      if (address) this.link.href = address;
      this.says.textContent = address ? "" : Dom.t("draftTooLong");
    }

    /** @returns {boolean} whether a gap is left, which is selected and named then */
    blocked() {
      const gap = PostLength.gapIn(this.area.value, this.chosen.gaps);
      if (!gap) return false;
      const at = this.area.value.indexOf(gap);
      this.area.focus();
      this.area.setSelectionRange(at, at + gap.length);
      this.says.textContent = Dom.t("draftFill", gap);
      return true;
    }

    async copy() {
      if (this.blocked()) return;
      this.says.textContent = Dom.t((await copied(this.area)) ? "draftCopied" : "draftCopyYourself");
    }

    close() {
      this.node.remove();
      this.card.node.focus({ preventScroll: true });
    }

    /** Numbers choose, C copies, Escape closes; in the text Escape only leaves it. @param {KeyboardEvent} event */
    onKey(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const typing = event.target === this.area;
      const key = Dom.keyOf(event);
      const at = typing ? -1 : KEYS.indexOf(key);
      if (key === "Escape") typing ? this.node.focus() : this.close();
      else if (!typing && key === "c") void this.copy();
      else if (!typing && key === "e") this.area.focus();
      else if (at >= 0 && this.drafts[at]) this.choose(this.drafts[at]);
      else return;
      event.preventDefault();
      event.stopPropagation(); // Escape here closes this, not the popover around it
    }
  }

  /** @param {PersonCard} card */
  async function toggle(card) {
    const shown = card.extra.querySelector(".say");
    if (shown) {
      shown.remove();
      return card.node.focus({ preventScroll: true });
    }
    try {
      const { drafts } = await Protocol.send("drafts.get", { viewer: Session.viewer(), person: card.person() });
      if (card.extra.querySelector(".say")) return; // pressed twice
      if (drafts.length === 0) return card.say(Dom.t("draftNobody"), false);
      const box = new Box(card, drafts);
      card.extra.append(box.node);
      box.node.focus();
    } catch (error) {
      card.say(/** @type {Error} */ (error).message, true);
    }
  }

  CardActions.add({ id: "say", label: "actSay", key: "S", order: 47, run: (card) => void toggle(card) });

  return { toggle };
})();
Object.assign(globalThis, { Compose });
