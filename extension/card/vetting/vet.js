// Vetting in the card: fetches the report, saves and undoes decisions, focuses X's follow button without pressing it.
"use strict";

const Vet = (() => {
  /** @type {WeakMap<PersonCard, VetShown>} */
  const shown = new WeakMap();
  /** @type {WeakMap<PersonCard, string>} card -> the decision made on it, to change or take back */
  const items = new WeakMap();
  /**
   * @type {Set<{host: Element, go: () => unknown, own?: boolean}>} our Vet buttons, for the key; `own`: the one on the
   *   user's own profile
   */
  const buttons = new Set();

  /** Focuses X's follow button; only the user presses it. @param {PersonCard} card */
  function reach(card) {
    const { id } = card.person();
    const button = /** @type {HTMLElement[]} */ (Selectors.all(document, "followButton")).find(
      (one) => id && Selectors.buttonId(one) === id,
    );
    if (!button) return card.say(Dom.t("vetNoButton"), false);
    if (!card.inPage) Popover.close();
    button.focus();
  }

  /** @param {PersonCard} card @param {VetDecision} body @param {() => void} [then] what comes after a no or a wait */
  async function decide(card, body, then) {
    const item = items.get(card) ?? crypto.randomUUID();
    items.set(card, item); // named before it is sent: it may be changed or taken back at once
    if (!await card.saveSmall("decision", { ...body, item }, null)) return;
    if (body.decision === "follow_back") reach(card);
    else then?.();
  }

  /** @param {PersonCard} card @param {string} [item] the decision to take back */
  function undo(card, item = items.get(card)) {
    items.delete(card);
    if (item) void card.saveSmall("decision", { item, gone: true }, null);
  }

  /** @param {PersonKey} person @param {boolean} look @param {boolean} looking */
  const ask = (person, look, looking) => Protocol.send("vet.get", { viewer: Viewer.now(), person, look, looking });
  const more = (/** @type {PersonKey} */ person) => Protocol.send("vet.more", { viewer: Viewer.now(), person });

  /** @type {WeakMap<VetShown, number>} number of the request whose report is drawn */
  const drawn = new WeakMap();
  /** @type {WeakSet<PersonCard>} cards whose first report was on its way when the page delivered more */
  const outdated = new WeakSet();
  let requests = 0;

  /**
   * Draws a fresh report. A look takes seconds and may be overtaken by a report on newer facts: then the older one is
   * not drawn, and what the look found is requested together with the newer facts.
   * @param {VetShown} view
   * @param {PersonKey} person
   * @param {boolean} look whether link and photo are looked at
   * @returns {Promise<void>}
   */
  async function update(view, person, look) {
    const number = (requests += 1);
    const report = await ask(person, look, false);
    if (number < (drawn.get(view) ?? 0)) return look ? update(view, person, false) : undefined;
    drawn.set(view, number);
    view.update(report);
  }

  /**
   * The report in the card: at once from what was seen, then with the link opened and the photo looked at.
   * @param {PersonCard} card
   * @param {{look?: boolean, then?: () => void}} [how] `look`: this is the user's click to look outside
   */
  async function open(card, { look = true, then } = {}) {
    outdated.delete(card);
    try {
      const report = await ask(card.person(), false, look);
      shown.get(card)?.node.remove();
      const view = VetReportView.create(report, {
        decide: (body) => void decide(card, body, then),
        undo: () => undo(card),
        more: () => more(card.person()),
      });
      shown.set(card, view);
      card.top.after(view.node);
      if (look || outdated.has(card)) await update(view, card.person(), look);
    } catch (error) {
      card.say(/** @type {Error} */ (error).message, true);
    }
  }

  /**
   * Updates an open report after the page delivered more about the person; opens no link and no photo.
   * @param {PersonCard} card
   */
  function refresh(card) {
    const view = shown.get(card);
    if (view) update(view, card.person(), false).catch((error) => Log.error("vet", error));
    else outdated.add(card);
  }

  /** @param {PersonCard} card @returns {Element[]} the earlier decision, why it is due again, and the undo button */
  function notice(card) {
    const { decision } = card.card;
    if (!decision) return [];
    return [
      Dom.h(
        "p",
        { class: "notice decided", dir: "auto" },
        `${decision.sentence}. ${decision.news ?? ""}`,
        decision.item &&
          Dom.h("button", { type: "button", class: "a", onclick: () => undo(card, decision.item) }, Dom.t("vetUndo")),
      ),
    ];
  }

  /** @type {VetShown | null} the report about the user, while their own profile is open */
  let reflection = null;

  /**
   * Updates the user's report about themselves after the page delivered more; opens no link and no photo.
   * @param {PersonKey} person
   */
  function reflect({ id }) {
    const [view, me] = [reflection, Viewer.now()];
    if (view?.node.isConnected && id && id === me.id) {
      update(view, me, false).catch((error) => Log.error("vet", error));
    }
  }

  /** Builds the user's report about themselves on their own profile: the same facts, without decisions. */
  function mirror() {
    const { host, root } = Mark.leaf("card");
    const status = Dom.h("span", { class: "saved", role: "status" });
    const go = async () => {
      const me = Viewer.now();
      try {
        const view = VetReportView.create(await ask(me, false, true), { decide() {}, undo() {}, more: () => more(me) });
        status.textContent = "";
        reflection?.node.remove();
        reflection = view;
        acts.before(view.node); // the button keeps its focus
        await update(view, me, true);
      } catch (error) {
        status.textContent = /** @type {Error} */ (error).message;
      }
    };
    const start = Dom.h(
      "button",
      { "type": "button", "class": "a first", "aria-keyshortcuts": "V", "onclick": go },
      Dom.t("vetMirror"),
      Dom.h("kbd", { "aria-hidden": "true" }, "V"),
    );
    const acts = Dom.h("div", { class: "acts" }, start, status);
    const box = Dom.h("div", { class: "m card-in-page" }, acts);
    root.append(box);
    buttons.add({ host, go, own: true });
    return { host };
  }

  /** Creates a Vet button. @param {Spot} spot @param {Element} host @returns {HTMLElement} */
  function button(spot, host) {
    const go = () => {
      const { left: clientX, bottom: clientY } = node.getBoundingClientRect();
      Popover.open(spot, node, { at: { clientX, clientY }, act: "V" });
    };
    const label = Dom.t("vetSomebody", `@${spot.handle}`);
    const node = Dom.h(
      "button",
      {
        type: "button",
        class: "btn",
        "aria-haspopup": "dialog",
        "aria-label": label,
        onclick: (/** @type {Event} */ event) => {
          event.preventDefault();
          go();
        },
      },
      Dom.t("vetButton"),
    );
    buttons.add({ host, go });
    return node;
  }

  /** Runs the V shortcut: for the person under hover card, pointer or focus, else for the profile shown. */
  function press() {
    for (const one of buttons) if (!one.host.isConnected) buttons.delete(one);
    const row = (/** @type {Element} */ host) =>
      Selectors.around(host, "hoverCard") ??
      (Selectors.around(host, "userCell") ?? Selectors.around(host, "notification"))?.matches(":hover,:focus-within");
    const under = [...buttons].find(({ host }) => row(host));
    if (under) return under.go();
    const card = CardHost.all().find((one) => one.inPage);
    if (!card) return [...buttons].find(({ own }) => own)?.go();
    card.node.focus();
    void open(card);
  }

  CardActions.add({ id: "vet", label: "vetButton", key: "V", order: 10, run: (card) => void open(card) });

  return {
    open,
    refresh,
    notice,
    button,
    mirror,
    reflect,
    press,
    key: (/** @type {PersonCard} */ card, /** @type {string} */ key) => shown.get(card)?.press(key),
  };
})();
Object.assign(globalThis, { Vet });
