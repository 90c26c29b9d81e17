// On the companion's pairing page alone: tells the background that it is open, which then takes the tab over.
"use strict";

(() => {
  const secret = document.querySelector("[data-mutuals-pairing]")?.getAttribute("data-mutuals-pairing");
  if (secret) void chrome.runtime.sendMessage({ mutuals: "pair.found", params: { secret } });
})();
