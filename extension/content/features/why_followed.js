// Feature: asks "Why did you follow?" in one field after the user pressed X's follow button.
"use strict";
(() => {
  const SHOWN_MS = 15_000;
  let close = () => {};

  /** @param {PersonKey} person @param {MouseEvent} click */
  function ask(person, click) {
    close();
    const { host, root } = Mark.leaf("vet");
    const words = Dom.t("vetWhy", `@${person.handle}`);
    const field = /** @type {HTMLInputElement} */ (
      Dom.h("input", {
        class: "m why",
        "aria-label": words,
        placeholder: words,
        style: `left:min(${click.clientX}px,calc(100vw - 21rem));top:${click.clientY + 24}px`,
      })
    );
    const timer = setTimeout(() => { if (!root.activeElement) close(); }, SHOWN_MS);
    const escape = (/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") close(); };
    close = () => { clearTimeout(timer); host.remove(); document.removeEventListener("keydown", escape, true); };
    field.addEventListener("input", () => field.setCustomValidity(""));
    field.addEventListener("keydown", ({ key }) => {
      if (key !== "Enter") return;
      const text = field.value.trim();
      if (!Tables.fits(text, "reason")) {
        field.setCustomValidity(Dom.t("textTooLong", [String(Tables.count(text)), String(Tables.LIMITS.reason)]));
        field.reportValidity();
        return;
      }
      if (text) {
        Store.write({
          viewer: Viewer.now(), kind: "decision", person, body: { decision: "follow_back", text }, base: null,
        }).catch((error) => Log.error("why_followed", error));
      }
      close();
    });
    document.addEventListener("keydown", escape, true);
    root.append(field);
    document.body.append(host);
  }

  // Only watched: X's button does what it does, and a press that no person made is not answered.
  document.addEventListener("click", (event) => {
    const button = event.isTrusted && event.target instanceof Element && Selectors.around(event.target, "followButton");
    if (!button || !FeatureRegistry.isOn("vet")) return;
    const cell = Selectors.around(button, "userCell");
    const handle = cell ? Reader.cellHandle(cell) : Observer.page().handle;
    if (handle) ask({ id: Selectors.buttonId(button), handle }, event);
  }, true);
})();
