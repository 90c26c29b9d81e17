// Asks "Why did you follow?" in one field after the user pressed X's follow button.
"use strict";

const WhyFollowed = (() => {
  const SHOWN_MS = 15_000;

  /**
   * @param {PersonKey} person @param {() => void} done called once it is answered, or ignored for a while
   * @returns {HTMLElement}
   */
  function create(person, done) {
    const words = Dom.t("vetWhy", `@${person.handle}`);
    const field = /** @type {HTMLInputElement} */ (
      Dom.h("input", { type: "text", dir: "auto", "aria-label": words, placeholder: words })
    );
    const timer = setTimeout(() => { if (document.activeElement !== field) done(); }, SHOWN_MS);
    field.addEventListener("input", () => field.setCustomValidity(""));
    field.addEventListener("keydown", ({ key }) => {
      if (key !== "Enter") return;
      const text = field.value.trim();
      if (!Tables.fits(text, "reason")) {
        field.setCustomValidity(Dom.t("textTooLong", [String(Tables.count(text)), String(Tables.LIMITS.reason)]));
        field.reportValidity();
        return;
      }
      clearTimeout(timer);
      const body = { decision: "follow_back", text };
      if (text) {
        Store.write({ viewer: Session.viewer(), kind: "decision", person, body, base: null })
          .catch((error) => Log.error("why_followed", error));
      }
      done();
    });
    return Dom.h("div", { class: "m asked" }, field);
  }

  return { create };
})();
Object.assign(globalThis, { WhyFollowed });
