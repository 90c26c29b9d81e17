// Lists the earlier versions of a note; any of them can be restored.
"use strict";

const Versions = (() => {
  /** @param {PersonCard} card @param {NoteVersion} version @param {boolean} isCurrent @returns {Element} */
  function item(card, version, isCurrent) {
    const about = [
      Times.when(version.at),
      version.conflict ? Dom.t("versionConflict") : "",
      isCurrent ? Dom.t("versionCurrent") : "",
    ]
      .filter(Boolean)
      .join(" · ");
    const restore = Dom.h(
      "button",
      {
        type: "button",
        class: "btn",
        onclick: () => {
          card.editor.restore(version.text);
          close(card);
        },
      },
      Dom.t("versionRestore"),
    );
    return Dom.h(
      "li",
      {},
      Dom.h("div", { class: "text private", dir: "auto", tabindex: "0" }, version.text || Dom.t("versionEmpty")),
      Dom.h("div", { class: "small" }, about),
      isCurrent ? null : restore,
    );
  }

  /** @param {PersonCard} card */
  function close(card) {
    card.extra.querySelector(".versions")?.remove();
  }

  /** @param {PersonCard} card */
  async function toggle(card) {
    if (card.extra.querySelector(".versions")) return close(card);
    try {
      const { versions } = await Protocol.send("versions.get", { viewer: Session.viewer(), person: card.person() });
      const newest = Math.max(...versions.map((version) => version.rev));
      const rows = [...versions]
        .sort((one, other) => other.rev - one.rev || other.at - one.at)
        .map((version) => item(card, version, version.rev === newest && !version.conflict));
      close(card);
      card.extra.append(
        Dom.h("div", { class: "versions" }, Dom.h("ul", { "aria-label": Dom.t("versionsLabel") }, ...rows)),
      );
    } catch (error) {
      card.say(/** @type {Error} */ (error).message, true);
    }
  }

  return { toggle };
})();
Object.assign(globalThis, { Versions });
