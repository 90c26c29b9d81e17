// The profile: header drawn before its content arrives, the tabs of the design of August 2026 or of the one before.
"use strict";
(() => {
  const { h, icon, number, avatar, followButton, followsYou, mark, lock, users, viewer } = window.Replica;
  const NEW_TABS = [["Posts", "", "UserOriginalsTimeline"], ["All", "/all", "UserTweets"], ["Reposts", "/reposts", "UserRepostsTimeline"], ["Replies", "/with_replies", "UserRepliesTimeline"], ["Media", "/media", "UserPhotoTimeline"]];
  const OLD_TABS = [["Posts", "", "UserTweets"], ["Replies", "/with_replies", "UserTweetsAndReplies"], ["Media", "/media", "UserMedia"]];
  const tabs = () => (window.__INITIAL_STATE__.featureSwitch.responsive_web_profile_redesign_enabled ? NEW_TABS : OLD_TABS);

  function strip(base, list, path) {
    return h("nav", { "aria-live": "polite", role: "navigation" }, h("div", { "data-testid": "ScrollSnap-SwipeableList" }, h("div", { "data-testid": "ScrollSnap-List", role: "tablist", class: "tabs" }, list.map(([label, end]) =>
      h("div", { role: "presentation" }, h("a", { href: base + end, role: "tab", "aria-selected": String(path === base + end) }, h("div", {}, h("div", { dir: "ltr" }, h("span", {}, label)))))))));
  }

  function items(user) {
    const joined = new Date(user.created).toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
    return h("div", { dir: "ltr", "data-testid": "UserProfileHeader_Items", class: "items" },
      user.category && h("span", { "data-testid": "UserProfessionalCategory", role: "presentation" }, icon("list"), h("span", {}, user.category)),
      user.location && h("span", { dir: "ltr", "data-testid": "UserLocation" }, icon("place"), h("span", {}, h("span", {}, user.location))),
      user.website && h("a", { dir: "ltr", href: user.website.url, rel: "noopener noreferrer nofollow", target: "_blank", role: "link", "data-testid": "UserUrl" }, icon("link"), h("span", {}, user.website.display_url)),
      h("span", { dir: "ltr", role: "presentation", "data-testid": "UserJoinDate" }, icon("date"), h("span", {}, `Joined ${joined}`)));
  }

  function buttons(user) {
    if (user.id === viewer().id) return h("div", { class: "buttons" }, h("a", { href: "/settings/profile", role: "link", class: "pill hollow", "data-testid": "editProfileButton" }, h("span", {}, "Edit profile")));
    return h("div", { class: "buttons" },
      h("button", { "aria-label": "More", "aria-haspopup": "menu", role: "button", type: "button", "data-testid": "userActions", class: "ring", onclick: () => window.Replica.showMenu(user) }, h("div", { dir: "ltr" }, icon("more"))),
      h("button", { "aria-label": "Message", role: "button", type: "button", "data-testid": "sendDMFromProfile", class: "ring" }, h("div", { dir: "ltr" }, icon("mail"))), followButton(user));
  }

  function nameBlock(user) {
    return h("div", { "data-testid": "UserName", class: "title" }, h("div", {}, h("div", {}, h("div", {}, h("div", { dir: "ltr", class: "big" }, h("span", {}, h("span", {}, user.name)), h("span", {}, mark(user), lock(user)))),
      h("div", { class: "second" }, h("div", { tabindex: "-1" }, h("div", { dir: "ltr" }, h("span", {}, `@${user.handle}`))), followsYou(user)))));
  }

  function counts(user) {
    const count = (end, value, word) => h("div", {}, h("a", { href: `/${user.handle}/${end}`, dir: "ltr", role: "link" }, h("span", {}, h("span", {}, number(value))), " ", h("span", { class: "dim" }, h("span", {}, word))));
    return h("div", { class: "counts" }, count("following", user.following, "Following"), count("verified_followers", user.followers, "Followers"));
  }

  /** The bar on top, the header and the tab strip; `user` is null until the answer is there. */
  function header(user, handle, path) {
    const bar = h("div", { class: "bar" }, h("button", { "aria-label": "Back", role: "button", type: "button", "data-testid": "app-bar-back", class: "ring bare", onclick: () => history.back() }, h("div", { dir: "ltr" }, icon("back"))),
      h("div", {}, h("h2", { dir: "ltr", role: "heading", "aria-level": "2" }, user ? user.name : "Profile"), h("div", { class: "dim" }, user ? `${number(user.posts)} posts` : "")));
    if (!user) return [bar, h("div", { class: "banner" })];
    return [bar, h("div", {}, h("a", { href: `/${user.handle}/header_photo`, role: "link", class: "banner" }, h("div", {}, h("img", { alt: "", draggable: "true", src: `${user.banner}/600x200` }))),
      h("div", { class: "head" }, h("div", { class: "row spread" }, h("div", { class: "portrait" }, avatar(user, 134, { photo: true })), buttons(user)),
        nameBlock(user), user.bio && h("div", {}, h("div", { dir: "auto", "data-testid": "UserDescription", class: "text" }, h("span", {}, user.bio))), h("div", {}, items(user)), counts(user))),
    strip(`/${handle}`, tabs(), path)];
  }

  const tabOf = (path, handle) => tabs().find(([, end]) => `/${handle}${end}` === path) ?? tabs()[0];

  Object.assign(window.Replica, { profileHeader: header, profileTab: tabOf, strip });
})();
