// Vetting in the card: fetches the report, saves and undoes decisions, and never presses X's follow button.
"use strict";

const Vet = (() => {
  /** @type {WeakMap<PersonCard, VetShown>} */
  const shown = new WeakMap();
  /** @type {WeakMap<PersonCard, string>} card -> the decision made on it, to change or take back */
  const items = new WeakMap();
  /** Asks the page around to focus X's follow button; only the user presses it. @param {PersonCard} card */
  function reach(card) {
    const { id } = card.person();
    if (id) Session.tell({ reach: id });
    else card.say(Dom.t("vetNoButton"), false);
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
  const ask = (person, look, looking) => Protocol.send("vet.get", { viewer: Session.viewer(), person, look, looking });
  const more = (/** @type {PersonKey} */ person) => Protocol.send("vet.more", { viewer: Session.viewer(), person });

  /** @type {WeakMap<VetShown, number>} number of the request whose report is drawn */
  const drawn = new WeakMap();
  /** @type {WeakMap<VetShown, VetShown>} report -> the one that took its place */
  const replaced = new WeakMap();
  /** @param {VetShown} view @returns {VetShown} the report that stands where this one stood */
  const latest = (view) => { const next = replaced.get(view); return next ? latest(next) : view; };
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
    const now = latest(view);
    if (number < (drawn.get(now) ?? 0)) return look ? update(now, person, false) : undefined;
    drawn.set(now, number);
    now.update(report);
  }

  /**
   * The report in the card: at once from what was seen, then with the link opened and the photo looked at. One that was
   * asked for before the report that stands there is not drawn over it.
   * @param {PersonCard} card
   * @param {{look?: boolean, then?: () => void}} [how] `look`: this is the user's click to look outside
   */
  async function open(card, { look = true, then } = {}) {
    outdated.delete(card);
    const number = (requests += 1);
    try {
      const report = await ask(card.person(), false, look);
      const before = shown.get(card);
      const newer = before && number < (drawn.get(before) ?? 0) ? before : null;
      const view = newer ?? draw(card, report, then);
      if (!newer) drawn.set(view, number);
      if (look || outdated.has(card)) await update(view, card.person(), look);
    } catch (error) {
      card.say(/** @type {Error} */ (error).message, true);
    }
  }

  /** @param {PersonCard} card @param {Vetted} report @param {() => void} [then] @returns {VetShown} */
  function draw(card, report, then) {
    const before = shown.get(card);
    const view = VetReportView.create(report, {
      decide: (body) => void decide(card, body, then),
      undo: () => undo(card),
      more: () => more(card.person()),
    }, "h2");
    if (before) replaced.set(before, view);
    before?.node.remove();
    shown.set(card, view);
    card.top.after(view.node);
    return view;
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

  CardActions.add({ id: "vet", label: "vetButton", key: "V", order: 10, run: (card) => void open(card) });

  return {
    open, refresh, notice, ask, more, update,
    key: (/** @type {PersonCard} */ card, /** @type {string} */ key) => shown.get(card)?.press(key),
  };
})();
Object.assign(globalThis, { Vet });
