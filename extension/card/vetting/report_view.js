// Draws a vetting report and turns its buttons and keys into one decision of the user.
"use strict";

const VetReportView = (() => {
  /** @param {Tree | string} tree @param {string} heading @returns {Element | string} */
  function build(tree, heading) {
    if (typeof tree === "string") return tree;
    const [tag, props, ...inside] = tree;
    if (tag === "ring") return Charts.ring(props.value, 1, 22, 8);
    return Dom.h(tag === "h3" ? heading : tag, props, ...inside.map((one) => build(one, heading)));
  }

  /**
   * @param {Vetted} report @param {VetWork} work
   * @param {string} [heading] tag of its heading, by what stands above it @returns {VetShown}
   */
  function create(report, work, heading = "h3") {
    const node = /** @type {HTMLElement} */ (build(report.tree, heading));
    const own = node.querySelector("input"); // about oneself there is nothing to decide
    const status = /** @type {HTMLElement} */ (Dom.$(node, ".top + .unseen"));
    const all = /** @type {HTMLElement[]} */ ([...node.querySelectorAll("[data-as]")]);
    const [codes, days] = [all.slice(4).map((one) => one.dataset.as ?? ""), report.wait_days];
    /** @type {string[]} */
    let reasons = [];
    let decision = "";

    function paint() {
      if (!own) return;
      for (const one of all) {
        one.setAttribute("aria-pressed", String([decision, ...reasons].includes(one.dataset.as ?? "")));
      }
      all[3].hidden = !decision;
      own.hidden = !reasons.includes("own");
    }

    /** @param {string} as a decision, a reason, or undo */
    function act(as) {
      if (codes.includes(as)) reasons = reasons.includes(as) ? reasons.filter((one) => one !== as) : [...reasons, as];
      else reasons = [];
      decision = as === "undo" ? "" : codes.includes(as) ? "no" : as;
      paint();
      if (as === "own" && own?.hidden === false) own.focus();
      else if (decision) keep();
      else work.undo();
    }

    function keep() {
      const text = own?.hidden === false ? own.value.trim() : "";
      if (!Tables.fits(text, "reason")) {
        status.hidden = false;
        status.textContent = CardParts.tooLong(text, "reason");
        return;
      }
      work.decide({
        decision, reasons, looked_at: report.fingerprint, ...(decision === "wait" ? { days } : {}),
        ...(text ? { text } : {}),
      });
    }

    /** Asks X's paid API; the price is on the pressed button. @param {HTMLButtonElement} button */
    async function more(button) {
      button.disabled = true;
      status.hidden = false;
      status.textContent = Dom.t("vetAsking");
      try {
        const { words, report: fresh } = await work.more();
        update(fresh);
        status.textContent = words;
      } catch (error) {
        status.textContent = /** @type {Error} */ (error).message;
        button.disabled = false;
      }
    }

    /** @param {string} key 1 to 9 say no with a reason, Z takes back */
    function press(key) {
      const as = key.toLowerCase() === "z" && decision ? "undo" : codes[Number(key) - 1];
      if (as) act(as);
      return Boolean(as);
    }

    node.addEventListener("click", (event) => {
      const { as, more: paid } =
        /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-as],[data-more]"))
          ?.dataset ?? {};
      if (as) act(as);
      if (paid !== undefined) void more(/** @type {HTMLButtonElement} */ (Dom.$(node, "[data-more]")));
    });
    own?.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) keep(); });
    paint();
    /** @param {Vetted} fresh */
    const update = (fresh) =>
      Dom.$(node, ".top").replaceWith(Dom.$(/** @type {HTMLElement} */ (build(fresh.tree, heading)), ".top"));
    return { node, press, update };
  }

  return { create };
})();
Object.assign(globalThis, { VetReportView });
