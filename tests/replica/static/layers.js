// What floats above the page in #layers: the hover card (one node, reused for every person), menus and questions.
"use strict";
(() => {
  const { h, create, patch, avatar, followButton, followsYou, mark, number, users, read, takeUser } = window.Replica;
  const layers = document.getElementById("layers");
  let tree = null;
  let shown = null;
  let leaving = 0;
  let sure = () => undefined;

  function show(next) {
    const after = h("div", { class: "layer" }, next);
    if (tree) patch(tree, after);
    else {
      layers.appendChild(create(after));
      for (const kind of ["click"]) after.dom.addEventListener(kind, press);
      after.dom.addEventListener("mouseenter", () => clearTimeout(leaving));
      after.dom.addEventListener("mouseleave", () => shown && hideSoon());
    }
    tree = after;
  }

  function press(event) {
    const button = event.target.closest("button, [role=menuitem]");
    const act = ACTS[button?.dataset.testid];
    if (act) return act(button.dataset.user);
    const account = button?.dataset.account;
    if (account) switchTo(account);
    else if (/-(un)?follow$/.test(button?.dataset.testid ?? "")) pressFollow(users.get(button.dataset.testid.split("-")[0]));
  }

  function pressFollow(user) {
    window.Replica.toggleFollow(user);
    redrawLayer();
  }

  /** Asks before an unfollow or a block, as X does; only its own button carries it out. */
  function ask(words, run) {
    shown = null;
    sure = run;
    show(h("div", { role: "dialog", "aria-modal": "true", "aria-label": words, class: "float", style: "left:200px; top:160px" }, h("div", { "data-testid": "mask" }), h("div", { "data-testid": "confirmationSheetDialog", class: "hover" },
      h("h1", { role: "heading" }, h("span", {}, words)),
      h("button", { type: "button", "data-testid": "confirmationSheetConfirm", class: "pill" }, h("span", {}, "Yes")),
      h("button", { type: "button", "data-testid": "confirmationSheetCancel", class: "pill hollow" }, h("span", {}, "Cancel")))));
  }

  const ACTS = {
    confirmationSheetConfirm: () => { hide(); sure(); },
    confirmationSheetCancel: () => hide(),
    mute: (id) => { hide(); window.Replica.rest("mutes/users/create", id); },
    block: (id) => ask(`Block @${users.get(id).handle}?`, () => window.Replica.rest("blocks/create", id)),
  };

  /** The menu "..." of a profile. */
  function showMenu(user) {
    shown = null;
    const item = (words, testid) => h("div", { role: "menuitem", tabindex: "0", "data-testid": testid, "data-user": testid && user.id, class: "account" }, h("span", {}, words));
    show(h("div", { role: "menu", class: "float", style: "left:200px; top:160px" }, h("div", { "data-testid": "Dropdown", class: "hover" },
      item("About this account"), item("Copy link to profile"), item("Mute", "mute"), item(`Block @${user.handle}`, "block"), item(`Report @${user.handle}`))));
  }

  function card(user, box) {
    const left = Math.max(8, Math.min(box.left, window.innerWidth - 320));
    return h("div", { "data-testid": "hoverCardParent", class: "float", style: `left:${left}px; top:${box.bottom + 8}px` }, h("div", { "data-testid": "HoverCard", class: "hover" }, h("div", {},
      h("div", { class: "row spread" }, avatar(user, 60), followButton(user)),
      h("div", { class: "names tall" }, h("div", {}, h("a", { href: `/${user.handle}`, role: "link" }, h("div", { class: "name" }, h("span", {}, user.name), mark(user)))), h("div", { class: "second" }, h("a", { href: `/${user.handle}`, role: "link", tabindex: "-1" }, h("div", { dir: "ltr" }, h("span", {}, `@${user.handle}`))), followsYou(user))),
      h("div", { dir: "auto", class: "text" }, h("span", {}, user.bio)),
      h("div", { class: "counts" }, h("div", {}, h("a", { href: `/${user.handle}/following`, role: "link" }, h("span", {}, number(user.following)), " Following")), h("div", {}, h("a", { href: `/${user.handle}/verified_followers`, role: "link" }, h("span", {}, number(user.followers)), " Followers"))))));
  }

  function redrawLayer() {
    if (shown) show(card(users.get(shown.id), shown.box));
  }

  /** Shows the card of the handle under the pointer, after the lookup that X makes for it. */
  async function hover(anchor) {
    const handle = anchor.getAttribute("href").slice(1);
    const box = anchor.getBoundingClientRect();
    const json = await read("UserByScreenName", { screen_name: handle });
    const user = takeUser(json.data?.user?.result);
    if (!user || !anchor.isConnected) return;
    shown = { id: user.id, box };
    redrawLayer();
  }

  function hideSoon() {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 300);
  }

  function hide() {
    shown = null;
    if (tree) show(null);
  }

  /** The account menu uses the same test id as the hover card, which is why a handle link must be looked for. */
  function showSwitcher() {
    const { accounts } = window.__INITIAL_STATE__;
    shown = null;
    show(h("div", { "data-testid": "hoverCardParent", class: "float", style: "left:20px; bottom:80px; top:auto" }, h("div", { "data-testid": "HoverCard", class: "hover" }, accounts.map((one) =>
      h("button", { role: "button", type: "button", "data-testid": "UserCell-account", "data-account": one.id, class: "account" }, avatar(one, 40, { link: false }), h("div", {}, `@${one.handle}`))))));
  }

  async function switchTo(id) {
    await fetch("/_replica/switch", { method: "POST", body: JSON.stringify({ id }) });
    location.assign("/home");
  }

  let timer = 0;
  document.addEventListener("mouseover", (event) => {
    const anchor = event.target.closest?.("[data-testid=User-Name] a, [data-testid=UserCell] a, [data-testid=Tweet-User-Avatar] a");
    clearTimeout(timer);
    if (anchor && /^\/\w+$/.test(anchor.getAttribute("href"))) timer = setTimeout(() => hover(anchor), 250);
    else if (shown && !event.target.closest?.("#layers")) hideSoon();
  });

  Object.assign(window.Replica, { showSwitcher, hideLayers: hide, ask, showMenu });
})();
