// Asks why in one field, and with reasons to press, after the user followed, unfollowed, muted or blocked on X.
"use strict";

const WhyFollowed = (() => {
  const SHOWN_MS = 15_000;
  /** The five of the essay on whom not to keep. */
  const REASONS = ["sells_followers", "adult", "never_posts", "does_not_follow_back", "behaves_badly"];

  /**
   * @param {PersonKey} person @param {string} act unfollowed, muted, blocked; "" after a follow
   * @param {() => void} done called once it is answered, or ignored for a while
   * @returns {HTMLElement}
   */
  function create(person, act, done) {
    const words = Dom.t(act ? `vetWhy_${act}` : "vetWhy", `@${person.handle}`);
    const field = /** @type {HTMLInputElement} */ (
      Dom.h("input", { type: "text", dir: "auto", "aria-label": words, placeholder: words })
    );
    const timer = setTimeout(() => { if (document.activeElement !== field) done(); }, SHOWN_MS);
    field.addEventListener("input", () => field.setCustomValidity(""));
    field.addEventListener("keydown", ({ key, isComposing }) => {
      if (isComposing || key !== "Enter") return;
      const text = field.value.trim();
      if (!Tables.fits(text, "reason")) {
        field.setCustomValidity(Dom.t("textTooLong", [String(Tables.count(text)), String(Tables.LIMITS.reason)]));
        field.reportValidity();
        return;
      }
      if (text) keep({ text, reasons: act ? ["own"] : [] });
      else end();
    });

    /** @param {{text?: string, reasons: string[]}} why */
    function keep(why) {
      const body = { decision: act || "follow_back", ...why };
      Writing.put({ viewer: Session.viewer(), kind: "decision", person, body, base: null })
        .catch((error) => Log.error("why_followed", error));
      end();
    }

    function end() {
      clearTimeout(timer);
      done();
    }

    const chips = (act ? REASONS : []).map((code) =>
      Dom.h("button", { type: "button", class: "chip", onclick: () => keep({ reasons: [code] }) },
        Dom.t(`vetReason_${code}`)),
    );
    return Dom.h("div", { class: "m asked" }, ...(chips.length > 0 ? [Dom.h("div", { class: "chips" }, ...chips)] : []),
      field);
  }

  return { create };
})();
Object.assign(globalThis, { WhyFollowed });
