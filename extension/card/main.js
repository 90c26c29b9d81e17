// Entry point of the page inside the frames: shows what the background lets it, and follows the page around.
"use strict";

const CardPage = (() => {
  const stage = Dom.$(document, "#card");
  /** @type {PersonCard | null} */
  let card = null;
  /** @type {Promise<unknown>} settled once the card that is shown has been loaded */
  let loaded = Promise.resolve();
  let purpose = "";
  let shows = 0;
  /** @type {PersonKey[] | null} who changed while the card was on its way here; null while none is */
  let meanwhile = null;
  /** @type {string | undefined} an action that was asked for before there was anything to act on */
  let due;

  /** Settled once the words are those of the chosen language. */
  const spoken = Dom.speak().catch((error) => Log.error("card", error)).then(() => {
    Look.speak();
    Editor.overWords = Dom.t("orphan");
  });

  const close = () => Session.tell({ close: true });

  /** @param {PersonKey} person @returns {Element} the bar above a card in a dialog, with its owner and a way out */
  function closer(person) {
    const label = Dom.t("close");
    const out = Dom.h("button", { type: "button", class: "a", "aria-label": label, onclick: close }, "×");
    const who = Dom.h("span", { class: "who" }, Dom.h("bdi", {}, `@${person.handle}`));
    return Dom.h("div", { class: "closer" }, who, out);
  }

  /** @param {PersonKey} person @param {string | null} [post] @returns {PersonCard} in place of what was shown */
  function put(person, post) {
    leave();
    const made = new PersonCard({ handle: person.handle ?? "", id: person.id, post }, purpose === "card");
    card = made;
    stage.replaceChildren(...(purpose === "card" ? [] : [closer(person)]), made.node);
    return made;
  }

  /** @returns {Palette} which gives way to the card of whom was chosen */
  function palette() {
    const choose = (/** @type {Found} */ person, /** @type {string} */ key) => {
      loaded = put(person).load();
      void run(key);
    };
    return new Palette(choose, close);
  }

  /** @param {Api["overlay.claim"]["result"]} claim @param {string} act what the user did, where it is asked why */
  function draw({ person, post, first }, act) {
    if (purpose === "mirror") stage.replaceChildren(Mirror.create());
    else if (purpose === "why") stage.replaceChildren(WhyFollowed.create(person, act, close));
    else if (purpose === "palette") stage.replaceChildren(palette().node);
    else if (purpose === "queue") loaded = VetQueue.start((next) => put(next), close);
    else {
      const made = put(person, post);
      loaded = first ? made.show(first.card, first.status) : made.load();
    }
  }

  /**
   * Shows what a token stands for, in place of what was shown.
   * @param {{token: string, look: FrameLook, act?: string}} message
   */
  async function show({ token, look, act }) {
    const number = (shows += 1);
    meanwhile = [];
    due = act ?? due;
    if (due !== undefined) TypeAhead.begin();
    Look.apply(look);
    try {
      const [claim] = await Promise.all([Session.open(token), spoken]);
      if (number !== shows) return; // overtaken by another person
      purpose = claim.purpose;
      document.body.classList.toggle("dialog", ["dialog", "queue", "palette"].includes(purpose));
      draw(claim, act ?? "");
      for (const person of meanwhile ?? []) card?.changed(person);
      meanwhile = null;
    } catch (error) {
      Log.error("card", error);
      return Session.tell({ refused: true });
    }
    Session.tell({ drawn: true });
    Look.again();
    if (due !== undefined) await run(due);
  }

  /** Runs an action once the card is there, as its key does; "" only takes the focus. @param {string} key */
  async function run(key) {
    TypeAhead.begin();
    due = purpose ? undefined : key;
    if (!purpose) return;
    if (purpose === "mirror" && key.toLowerCase() === "v") Mirror.open();
    HeldFocus.give(card?.node ?? stage.querySelector("input"));
    await loaded;
    card?.act(key);
    TypeAhead.end();
  }

  /** Saves what was typed. */
  function leave() {
    card?.close();
    card = null;
  }

  /** Saves what was typed and empties the frame: a closed dialog keeps nothing. */
  function empty() {
    shows += 1;
    purpose = "";
    due = undefined;
    TypeAhead.drop();
    HeldFocus.drop();
    leave();
    stage.replaceChildren();
    Session.close();
  }

  /** @param {ToFrame} message */
  function receive(message) {
    if (message.show || message.moved) Clicks.moved();
    if (message.open !== undefined) Clicks.answered(message.open);
    if (message.show) void show(message.show);
    if (message.look) Look.apply(message.look);
    if (message.act !== undefined) void run(message.act);
    if (message.typed) TypeAhead.take(message.typed, message.at ?? 0);
    if (message.unreached) card?.say(Dom.t("vetNoButton"), false);
    if (message.leave) empty();
    if (message.ping !== undefined) Session.tell({ pong: message.ping });
  }

  /** @param {Options} options */
  function adopt(options) {
    Look.veil(Boolean(options.blur));
  }

  function listen() {
    Session.onMessage(receive);
    Look.follow(stage);
    Clicks.guard(() => card?.say(Dom.t("clickCovered"), true));
    addEventListener("pagehide", () => card?.editor.leave());
    document.addEventListener("visibilitychange", () => { if (document.hidden) card?.editor.leave(); });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) Session.tell({ escape: true });
    });
    Store.onChange(({ options, people }) => {
      if (options) adopt(options);
      meanwhile?.push(...(people ?? []));
      for (const person of people ?? []) {
        card?.changed(person);
        if (purpose === "mirror") Mirror.changed(person);
      }
    });
  }

  listen();
  Store.options().then(adopt, (error) => Log.error("card", error));

  return { shown: () => card };
})();
Object.assign(globalThis, { CardPage });
