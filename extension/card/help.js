// Lists the card's keyboard shortcuts, read from the registry of actions.
"use strict";

const Help = (() => {
  /** @param {PersonCard} card @returns {Element} */
  function create(card) {
    const rows = CardActions.fitting(card)
      .filter((action) => action.key)
      .map((action) => [action.key ?? "", Dom.t(action.label)]);
    const others = [
      [Dom.t("keyReasons"), Dom.t("helpReasons")], ["Z", Dom.t("helpUndo")],
      [Dom.t("keyFinish"), Dom.t("helpFinish")], [Dom.t("keyEscape"), Dom.t("helpEscape")],
      [Dom.t("keyHide"), Dom.t("helpHide")],
    ];
    return Dom.h("div", { class: "help" }, Dom.h("dl", {}, ...[...rows, ...others].flatMap(([key, words]) =>
      [Dom.h("dt", {}, Dom.h("kbd", {}, key)), Dom.h("dd", {}, words)])));
  }

  return { create };
})();
Object.assign(globalThis, { Help });
