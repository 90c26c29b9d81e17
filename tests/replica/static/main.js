// Starts the page: routes by the History API, redraws once per frame, X's one-key shortcuts, titles with unread counts.
"use strict";
(() => {
  const { frame, middle, failed, draw, suggest, currentList, hideLayers } = window.Replica;
  const root = document.getElementById("react-root");
  let queued = false;

  function drawAll() {
    queued = false;
    const address = new URL(location.href);
    draw(root, frame(currentList()?.failed ? failed() : middle(address)));
    const place = document.querySelector("[data-list]");
    const list = currentList();
    if (!place || !list) return;
    if (place.firstChild !== list.box) place.replaceChildren(list.box);
    list.draw();
  }

  function redraw() {
    window.Replica.version += 1;
    if (queued) return;
    queued = true;
    setTimeout(drawAll, 0);
  }

  /** Goes to an address inside the page, as X does: no load, the old list is dropped. */
  function go(path) {
    history.pushState({}, "", path);
    arrive();
  }

  function arrive() {
    hideLayers();
    window.scrollTo(0, 0);
    document.title = "(2) X";
    redraw();
  }

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.("a[href^='/']");
    if (!anchor || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(anchor.getAttribute("href"));
  });
  document.addEventListener("keydown", (event) => {
    if (/^(INPUT|TEXTAREA)$/.test(event.target.nodeName) || event.ctrlKey || event.metaKey || event.altKey) return;
    window.Replica.shortcuts.push(event.key);
    if (event.key === "n") go("/compose/post");
  });
  window.addEventListener("popstate", arrive);
  window.addEventListener("scroll", () => currentList()?.draw(), { passive: true });
  Object.assign(window.Replica, { redraw, go, shortcuts: [], version: 0 });
  redraw();
  suggest();
})();
