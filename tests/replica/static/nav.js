// The frame around every page: navigation on the left with the account switcher, search and who-to-follow on the right.
"use strict";
(() => {
  const { h, icon, avatar, userCell, read, takeUser } = window.Replica;
  const state = window.__INITIAL_STATE__;
  const viewer = () => state.accounts.find((one) => one.id === state.session.user_id);
  let suggested = [];

  function link(href, testid, shape, label) {
    const here = location.pathname === href;
    return h("a", { href, "aria-label": label, role: "link", "data-testid": testid, class: here ? "here" : "" }, h("div", {}, h("div", {}, icon(shape)), h("div", { dir: "ltr", class: "word" }, h("span", {}, label))));
  }

  function left() {
    const me = viewer();
    return h("header", { role: "banner" }, h("div", {}, h("div", {}, h("div", {}, h("h1", { role: "heading" }, h("a", { href: "/home", "aria-label": "X", role: "link", class: "logo" }, h("div", { dir: "ltr" }, icon("x")))),
      h("div", {}, h("nav", { "aria-label": "Primary", role: "navigation" },
        link("/home", "AppTabBar_Home_Link", "home", "Home"), link("/explore", "AppTabBar_Explore_Link", "explore", "Explore"),
        link("/notifications", "AppTabBar_Notifications_Link", "bell", "Notifications"), link("/i/chat", "AppTabBar_DirectMessage_Link", "mail", "Chat"),
        link("/i/history", null, "bookmark", "History"), link(`/${me.handle}`, "AppTabBar_Profile_Link", "person", "Profile"),
        h("button", { "aria-label": "More menu items", role: "button", type: "button", "data-testid": "AppTabBar_More_Menu" }, h("div", {}, h("div", {}, icon("more")), h("div", { dir: "ltr", class: "word" }, h("span", {}, "More")))))),
      h("div", {}, h("a", { href: "/compose/post", "aria-label": "Post", role: "link", "data-testid": "SideNav_NewTweet_Button", class: "compose" }, h("div", { dir: "ltr" }, h("span", {}, "Post"))))),
    h("div", {}, h("div", {}, h("button", { "aria-label": "Account menu", role: "button", type: "button", "data-testid": "SideNav_AccountSwitcher_Button", class: "account", onclick: () => window.Replica.showSwitcher() },
      h("div", {}, avatar(me, 40, { link: false })), h("div", { class: "word names tall" }, h("div", { class: "name" }, h("span", {}, me.name)), h("div", { class: "dim" }, h("span", {}, `@${me.handle}`)))))))));
  }

  function right() {
    return h("div", { "data-testid": "sidebarColumn" }, h("div", {}, h("form", { role: "search", class: "search", action: "/search" }, h("input", { "data-testid": "SearchBox_Search_Input", placeholder: "Search", "aria-label": "Search query", name: "q", autocomplete: "off" })),
      h("aside", { role: "complementary", "aria-label": "Who to follow", class: "box" }, h("h2", {}, h("span", {}, "Who to follow")), h("ul", { role: "list" }, suggested.map((id) => userCell(id, true)))),
      h("section", { class: "box", role: "region", "aria-label": "What’s happening" }, h("h2", {}, h("span", {}, "What’s happening")),
        ["Small presses", "Letterpress", "The harbour poems", "Indexers’ day"].map((topic) => h("div", { "data-testid": "trend", role: "link", tabindex: "0", class: "trend" }, h("div", { class: "dim" }, "Trending in books"), h("div", { class: "name" }, topic))))));
  }

  async function suggest() {
    const json = await read("SidebarUserRecommendations", { limit: 3 });
    suggested = (json.data?.sidebar_user_recommendations ?? []).map((one) => takeUser(one.user_results.result).id);
    window.Replica.redraw();
  }

  /** The whole page around a middle column. */
  function frame(middle) {
    return h("div", { class: "app" }, h("div", { class: "app" }, left(), h("main", { role: "main" }, h("div", { class: "columns" }, h("div", { "data-testid": "primaryColumn", "aria-label": "Timeline" }, h("div", {}, middle)), right()))));
  }

  Object.assign(window.Replica, { frame, viewer, suggest });
})();
