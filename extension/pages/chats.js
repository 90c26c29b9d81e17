// The panel's strip while a chat of the user's runs: until when, and with whom they talked so far; then its recap.
import { personRow } from "./person_row.js";
import { clock } from "./wording.js";

const AGAIN_MS = 60_000; // a chat begins and ends on the minute
const $ = (/** @type {string} */ id) => Dom.$(document, `#${id}`);

/** @param {ChatNow} chat @returns {HTMLElement} */
function strip(chat) {
  const words = Dom.t(chat.running ? "chatUntil" : "chatOver", [chat.tag, clock(chat.end)]);
  const open = chat.running
    ? Dom.h("a", {
      href: `https://x.com/search?q=${encodeURIComponent(chat.tag)}&f=live`, target: "_blank", rel: "noopener",
    }, Dom.t("chatOpen"))
    : Dom.h("button", {
      type: "button", class: "plain", onclick: () => void Protocol.send("dashboard.open", { path: chat.path }),
    }, Dom.t("chatRecap"));
  const count = chat.people.length;
  return Dom.h("div", { class: chat.running ? "chat running" : "chat" },
    Dom.h("h2", { dir: "auto" }, words),
    Dom.h("p", { class: "quiet" }, count > 0 ? Plural.count("chatTalked", count, [String(count)]) : Dom.t("chatNobody"),
      " ", open),
    Dom.h("ul", { class: "people" }, ...chat.people.map(({ badge }) => personRow(badge))));
}

/** Draws the strip; there is none outside of the hours of chats. @param {ViewerKey | null} viewer whose chats */
export async function showChats(viewer) {
  if (!viewer) return;
  const { chats } = await Protocol.send("chats.get", { viewer });
  $("chats").setAttribute("aria-busy", "false");
  $("chats").hidden = chats.length === 0;
  $("chats").replaceChildren(...chats.map(strip));
}

/** Looks again each minute while the panel is seen. @param {() => void} again */
export function listenToChats(again) {
  setInterval(() => { if (!document.hidden) again(); }, AGAIN_MS);
}
