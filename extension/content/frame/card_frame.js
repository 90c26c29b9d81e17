// One frame of the extension's own origin on X's page: its iframe, port and height, and a line for when it fails.
"use strict";

class CardFrame {
  static ROOT = ""; // asked with the first frame: the browser sets up `runtime` at the first word to it
  static PAGE = "";
  static PATIENCE_MS = 1500;
  static WAIT_MS = "credentialless" in HTMLIFrameElement.prototype ? 200 : 0; // Chromium has it, Firefox not
  static HEIGHT = 200; // px, until the frame has told its own
  /** @type {Set<CardFrame>} */
  static all = new Set();
  /** @type {CardFrame | null} the one that takes the focus once it is drawn; until then its keys are handed on */
  static next = null;

  /**
   * @param {ShadowRoot | Element} parent closed, or within a closed root
   * @param {{message?: (said: FromFrame) => void}} [how] `message`: what the frame says that is not of its size
   */
  constructor(parent, { message } = {}) {
    this.message = message ?? (() => {});
    /** @type {MessagePort | null} */
    this.port = null;
    /** @type {FrameAsk | null} what it shows, or will once it is up */
    this.ask = null;
    this.again = true;
    this.ready = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.loads = 0;
    this.over = false; // whether the pointer is over it
    /** @type {ToFrame[]} what is said before the frame can hear */
    this.early = [];
    this.iframe = /** @type {HTMLIFrameElement & {credentialless?: boolean}} */ (document.createElement("iframe"));
    this.iframe.className = "pending";
    this.iframe.credentialless = true; // else a header lets X's page read this frame's address in a report
    this.iframe.addEventListener("load", () => this.connect());
    CardFrame.ROOT ||= chrome.runtime.getURL("");
    this.iframe.src = CardFrame.PAGE ||= chrome.runtime.getURL("card/card.html");
    this.fallback = Dom.h("p", { class: "fallback", role: "status", hidden: true }, Dom.t("frameFallback"));
    parent.append(this.iframe, this.fallback);
    CardFrame.all.add(this);
  }

  /** Hands the frame its end of a channel; once for each document that X's page let it load. */
  connect() {
    this.loads += 1;
    this.port?.close();
    this.ready = false;
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = ({ data }) => this.receive(data);
    this.iframe.contentWindow?.postMessage(null, CardFrame.ROOT.slice(0, -1), [port2]);
    for (const message of this.early.splice(0)) this.send(message);
  }

  /** Gives it the focus. In Chromium its document takes it: where both ask at once, keys pressed meanwhile are lost. */
  focus() {
    const before = document.activeElement;
    const give = () => {
      if (CardFrame.next !== this) return;
      CardFrame.next = null;
      if (document.activeElement === before && CardFrame.focused() !== this) this.iframe.focus({ preventScroll: true });
    };
    CardFrame.next = this;
    if (CardFrame.WAIT_MS) setTimeout(give, CardFrame.WAIT_MS);
    else give();
  }

  /**
   * Shows a person in place of whoever was shown.
   * @param {FrameAsk} ask
   */
  show(ask) {
    this.ask = ask;
    this.again = true;
    this.iframe.title = Dom.t("frameTitle", `@${ask.person.handle}`);
    this.wait();
    if (this.port && this.ready) void this.expect();
  }

  /** Says so where nothing is drawn in time: a header of the page, or the end of this extension, may forbid it. */
  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.fallback.hidden = false;
      if (CardFrame.next === this) this.focus();
    }, CardFrame.PATIENCE_MS);
  }

  /** Announces what the frame may see to the background, and gives the frame the token to claim it with. */
  async expect() {
    const { ask } = this;
    if (!ask) return;
    const token = crypto.randomUUID();
    const { act, ...about } = ask;
    try {
      await Protocol.send("overlay.expect", { token, ...about });
      if (this.ask === ask) this.send({ show: { token, look: CardFrame.look(), act } });
    } catch (error) {
      Log.error("card_frame", error);
    }
  }

  /** @param {FromFrame} said */
  receive(said) {
    if (said.ready) {
      this.ready = true;
      void this.expect();
    }
    if (said.refused && this.again) {
      this.again = false; // the background may have been stopped in between; a second refusal stands
      void this.expect();
    }
    if (said.scheme) this.iframe.style.colorScheme = said.scheme;
    if (said.height !== undefined) this.grow(said.height);
    if (said.drawn) this.appear();
    if (said.pointer !== undefined) this.follow(said.pointer);
    if (said.sight) void Sight.isPartOpen(this.iframe, said.sight).then((open) => this.send({ open }));
    this.message(said);
  }

  /** @param {number} height px @returns {void} */
  grow(height) {
    if (Number.isFinite(height)) this.iframe.style.blockSize = `${Math.min(Math.max(height, 24), 20_000)}px`;
  }

  /** @param {boolean} over */
  follow(over) {
    const began = over && !this.over;
    this.over = over;
    if (began) this.track("");
  }

  /** Tells the frame when X's page moves it. @param {string} before where it stood, and how wide */
  track(before) {
    if (!this.over || !this.iframe.isConnected) return;
    const { left, top, width } = this.iframe.getBoundingClientRect();
    const place = `${left} ${top} ${width}`;
    if (place !== before) this.send({ moved: true });
    requestAnimationFrame(() => this.track(place));
  }

  appear() {
    clearTimeout(this.timer);
    this.fallback.hidden = true;
    this.iframe.className = "";
    if (CardFrame.next === this) this.focus();
  }

  /** @param {ToFrame} message */
  send(message) {
    if (this.port) this.port.postMessage(message);
    else this.early.push(message);
  }

  /** Gives the frame the keys and runs one of its card's actions. @param {string} act */
  run(act) {
    this.send({ act });
    if (this.port) this.focus();
    else CardFrame.next = this;
  }

  /** Takes it off the page; what was typed in it is kept by the frame itself. */
  destroy() {
    clearTimeout(this.timer);
    this.over = false;
    this.port?.close();
    this.iframe.remove();
    CardFrame.all.delete(this);
  }

  /** @returns {FrameLook} how X's page looks */
  static look() {
    const { fontSize } = getComputedStyle(document.documentElement);
    return { theme: MarkStyle.theme(), size: parseFloat(fontSize) };
  }

  /**
   * Says in every frame's place that this extension has ended.
   * @param {string} words @returns {boolean} whether one of them is being typed in
   */
  static orphaned(words) {
    for (const { fallback } of CardFrame.all) {
      fallback.textContent = words;
      fallback.hidden = false;
    }
    return Boolean(CardFrame.focused());
  }

  /** @returns {CardFrame | undefined} the one that has the keys, as far as the page is told */
  static focused() {
    if (CardFrame.next?.iframe.checkVisibility()) return CardFrame.next;
    const { activeElement } = document;
    const root = (/** @type {CardFrame} */ { iframe }) => /** @type {ShadowRoot} */ (iframe.getRootNode());
    return activeElement ? [...CardFrame.all].find((frame) => root(frame).host === activeElement) : undefined;
  }

  /** Tells every frame of X's new theme. */
  static recolour() {
    for (const frame of CardFrame.all) frame.send({ look: CardFrame.look() });
  }
}

MarkStyle.onChange(() => CardFrame.recolour());
addEventListener("pointerdown", () => { CardFrame.next = null; }, true);
Object.assign(globalThis, { CardFrame });
