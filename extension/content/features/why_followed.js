// Feature: asks why after the user followed, unfollowed, muted or blocked somebody with X's own buttons.
"use strict";
(() => {
  /** @typedef {{act: string, person: PersonKey}} Asked */
  /** @type {Asked | null} an unfollow or block that waits for X's confirmation */
  let waiting = null;

  /** @param {Element} button X's button or menu item @returns {PersonKey | null} whom it is about */
  function personOf(button) {
    const cell = Selectors.around(button, "userCell");
    const named = Selectors.buttonId(button) ? Observer.page().handle : Selectors.buttonHandle(button);
    const handle = cell ? Reader.cellHandle(cell) : named;
    const shown = handle ?? Observer.page().handle;
    return shown ? { id: Selectors.buttonId(button), handle: shown } : null;
  }

  /** @param {Asked} asked @param {MouseEvent} event @param {Element} from */
  function ask({ act, person }, event, from) {
    const at = { clientX: event.clientX, clientY: event.clientY + 16 };
    const spot = { purpose: /** @type {const} */ ("why"), viewer: Viewer.now(), person, post: null };
    Popover.open(act ? { ...spot, act } : spot, /** @type {HTMLElement} */ (from), { at, focus: false });
  }

  /** @param {Element} target @returns {{from: Element, act: string, sure: boolean} | null} `sure`: X does not ask */
  function pressed(target) {
    const table = /** @type {const} */ ([
      ["followButton", "", true], ["unfollowButton", "unfollowed", false], ["muteItem", "muted", true],
      ["blockItem", "blocked", false],
    ]);
    for (const [name, act, sure] of table) {
      const from = Selectors.around(target, name);
      if (from) return { from, act, sure };
    }
    return null;
  }

  // Only watched: X's button does what it does, and a press that no person made is not answered.
  addEventListener("click", (event) => {
    if (!event.isTrusted || !(event.target instanceof Element) || !FeatureRegistry.isOn("vet")) return;
    const confirm = Selectors.around(event.target, "confirmButton");
    const before = waiting;
    waiting = null;
    if (confirm) return void (before && ask(before, event, confirm));
    const press = pressed(event.target);
    const person = press && personOf(press.from);
    if (!press || !person) return;
    if (press.sure) ask({ act: press.act, person }, event, press.from);
    else waiting = { act: press.act, person };
  }, true);
})();
