// What floats above the page in #layers: the hover card (one node, reused for every person) and the account switcher.
"use strict";
(() => {
  const { h, create, patch, avatar, followButton, followsYou, mark, number, users, read, takeUser } = window.Replica;
  const layers = document.getElementById("layers");
  let tree = null;
  let shown = null;
  let leaving = 0;

  function show(next) {
    const after = h("div", { class: "layer" }, next);
    if (tree) patch(tree, after);
    else {
      layers.appendChild(create(after));
      for (const kind of ["click"]) after.dom.addEventListener(kind, press);
      after.dom.addEventListener("mouseenter", () => clearTimeout(leaving));
      after.dom.addEventListener("mouseleave", hideSoon);
    }
    tree = after;
  }

  function press(event) {
    const button = event.target.closest("button");
    const account = button?.dataset.account;
    if (account) switchTo(account);
    else if (/-(un)?follow$/.test(button?.dataset.testid ?? "")) pressFollow(users.get(button.dataset.testid.split("-")[0]));
  }

  function pressFollow(user) {
    window.Replica.friendship(user.iFollow ? "destroy" : "create", user.id);
    users.set(user.id, { ...user, iFollow: !user.iFollow });
    redrawLayer();
    window.Replica.redraw();
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

  Object.assign(window.Replica, { showSwitcher, hideLayers: hide });
})();
