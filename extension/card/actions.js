// Registry of the card's actions: each has a label, a key and a handler, and may apply to some people only.
"use strict";

const CardActions = (() => {
  /** @type {CardAction[]} */
  const list = [];

  /** @param {CardAction} action */
  function add(action) {
    list.push(action);
    list.sort((one, other) => one.order - other.order);
  }

  /** @param {PersonCard} card @returns {CardAction[]} */
  function fitting(card) {
    return list.filter((action) => action.fits?.(card) ?? true);
  }

  /** @param {PersonCard} card @param {string} key @returns {CardAction | undefined} */
  function byKey(card, key) {
    return fitting(card).find((action) => action.key?.toLowerCase() === key.toLowerCase());
  }

  add({ id: "note", label: "actNote", key: "E", order: 50, run: (card) => card.editor.edit() });
  add({ id: "tag", label: "actTag", key: "T", order: 60, run: (card) => card.tags.show() });
  add({ id: "alias", label: "actAlias", key: "A", order: 70, run: (card) => card.editAlias() });
  add({ id: "help", label: "actHelp", key: "?", bare: true, order: 90, run: (card) => card.toggleHelp() });

  return { add, fitting, byKey };
})();
Object.assign(globalThis, { CardActions });
