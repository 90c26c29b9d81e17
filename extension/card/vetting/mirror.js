// The user's report about themselves on their own profile: the same facts, without decisions.
"use strict";

const Mirror = (() => {
  /** @type {VetShown | null} */
  let shown = null;
  const status = Dom.h("span", { class: "saved", role: "status" });
  const start = Dom.h(
    "button",
    { "type": "button", "class": "a first", "aria-keyshortcuts": "V", "onclick": () => void open() },
    Dom.t("vetMirror"),
    Dom.h("kbd", { "aria-hidden": "true" }, "V"),
  );
  const acts = Dom.h("div", { class: "acts" }, start, status);

  /** Fetches the report and draws it; the button keeps its focus. */
  async function open() {
    const me = Session.viewer();
    try {
      const report = await Vet.ask(me, false, true);
      const work = { decide() {}, undo() {}, more: () => Vet.more(me) };
      const view = VetReportView.create(report, work, "h2");
      status.textContent = "";
      shown?.node.remove();
      shown = view;
      acts.before(view.node);
      await Vet.update(view, me, true);
    } catch (error) {
      status.textContent = /** @type {Error} */ (error).message;
    }
  }

  /** Updates an open report after the page delivered more; opens no link and no photo. @param {PersonKey} person */
  function changed({ id }) {
    const me = Session.viewer();
    if (!shown?.node.isConnected || !id || id !== me.id) return;
    Vet.update(shown, me, false).catch((error) => Log.error("mirror", error));
  }

  /** @returns {HTMLElement} */
  function create() {
    const heading = Dom.h("h1", { class: "sr" }, Dom.t("vetMirror"));
    const box = Dom.h("div", { class: "m card-in-page" }, heading, acts);
    box.addEventListener("keydown", ({ key }) => { if (key.toLowerCase() === "v") void open(); });
    return box;
  }

  return { create, open, changed };
})();
Object.assign(globalThis, { Mirror });
