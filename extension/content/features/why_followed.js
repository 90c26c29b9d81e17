// Feature: opens the question "Why did you follow?" after the user pressed X's follow button.
"use strict";
(() => {
  // Only watched: X's button does what it does, and a press that no person made is not answered.
  document.addEventListener("click", (event) => {
    const button = event.isTrusted && event.target instanceof Element && Selectors.around(event.target, "followButton");
    if (!button || !FeatureRegistry.isOn("vet")) return;
    const cell = Selectors.around(button, "userCell");
    const handle = cell ? Reader.cellHandle(cell) : Observer.page().handle;
    if (!handle) return;
    const person = { id: Selectors.buttonId(button), handle };
    const at = { clientX: event.clientX, clientY: event.clientY + 16 };
    const from = /** @type {HTMLElement} */ (button);
    Popover.open({ purpose: "why", viewer: Viewer.now(), person, post: null }, from, { at, focus: false });
  }, true);
})();
