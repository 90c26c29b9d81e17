// Small pieces of the page that many places share: pictures, icons, follow buttons, counts and times.
"use strict";
(() => {
  const { h, users, friendship } = window.Replica;
  const ICONS = {
    home: "M12 1.7L2 9.3V22h7v-7h6v7h7V9.3z", explore: "M10 3a7 7 0 105 12l6 6 1-1-6-6a7 7 0 00-6-11zm0 2a5 5 0 110 10 5 5 0 010-10z",
    bell: "M12 2a7 7 0 00-7 7v5l-2 4h6a3 3 0 006 0h6l-2-4V9a7 7 0 00-7-7z", mail: "M2 5h20v14H2zm2 2v1l8 5 8-5V7z", list: "M4 3h16v18H4zm3 4v2h10V7zm0 4v2h10v-2zm0 4v2h6v-2z",
    person: "M17.863 13.44c1.477 1.58 2.366 3.8 2.366 6.5H3.77c0-2.7.89-4.92 2.367-6.5C7.61 11.85 9.648 11 12 11s4.39.85 5.863 2.44zM12 2a4 4 0 110 8 4 4 0 010-8z",
    heart: "M20.884 13.19c-1.351 2.48-4.001 5.12-8.884 7.81-4.883-2.69-7.533-5.33-8.884-7.81C1.4 9.9 2.6 5 7 5c2 0 4 1.2 5 3 1-1.8 3-3 5-3 4.4 0 5.6 4.9 3.884 8.19z",
    repost: "M4.75 3.79l4.603 4.3-1.706 1.8L6 8.38v7.12h5v2H4V8.38L2.4 9.9.7 8.1zM13 6h7v9.6l1.6-1.5 1.7 1.8-4.55 4.3-4.6-4.3 1.7-1.8 1.65 1.5V8h-5z",
    reply: "M2 10c0-4.4 3.6-8 8-8h4a8 8 0 014 15l-8 5v-4h0a8 8 0 01-8-8z", views: "M4 21V11h2v10zm5 0V3h2v18zm5 0v-8h2v8zm5 0V7h2v14z", more: "M4 10h3v3H4zm6 0h3v3h-3zm6 0h3v3h-3z",
    share: "M12 2l5 5-1.4 1.4L13 5.8V16h-2V5.8L8.4 8.4 7 7zM4 15h2v5h12v-5h2v7H4z", bookmark: "M5 3h14v19l-7-5-7 5z", pin: "M13 21l-1 2-1-2v-5H4.5v-2.287l2.5-4V3h10v6.713l2.5 4V16H13z",
    x: "M14.3 10.2L21.7 2h-1.8l-6.4 7.1L8.4 2H2.5l7.7 10.9L2.5 22h1.7l6.8-7.5 5.4 7.5h5.9zM4.9 3.3h2.7l12.3 17.5h-2.7z", back: "M9 5l1.4 1.4L6.8 10H21v2H6.8l3.6 3.6L9 17l-6-6z",
    place: "M12 2a7 7 0 017 7c0 5-7 13-7 13S5 14 5 9a7 7 0 017-7z", link: "M10 8h4v2h-4zM3 5h7v2H5v8h5v2H3zm11 0h7v12h-7v-2h5V7h-5z", date: "M4 4h16v17H4zm2 5v10h12V9z", ad: "M19.498 3h-15c-1.381 0-2.5 1.12-2.5 2.5v13h20v-13c0-1.38-1.12-2.5-2.5-2.5z",
    verified: "M12 1l3 3 4 0 0 4 3 4-3 4 0 4-4 0-3 3-3-3-4 0 0-4-3-4 3-4 0-4 4 0zM10.6 16l6-6-1.4-1.4-4.6 4.6-2-2L7.2 12.6z", lock: "M6 10V7a6 6 0 0112 0v3h1v12H5V10zm2 0h8V7a4 4 0 00-8 0z",
  };
  const OUTLINES = new Set(["home", "bell", "reply", "heart", "bookmark", "person", "place", "list"]);
  const icon = (name) => h("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: OUTLINES.has(name) ? "i outline" : "i" }, h("g", {}, h("path", { d: ICONS[name] })));
  const number = (count) => (count >= 1e6 ? `${(count / 1e6).toFixed(1)}M` : count >= 10000 ? `${(count / 1000).toFixed(1)}K` : count.toLocaleString("en-US"));

  /** A picture with the many empty wrappers that X's has; `link` false makes it a presentation box. */
  function avatar(user, size, { link = true, photo = false } = {}) {
    const inner = [h("div", { class: "a1" }, h("div")), h("div", { class: "a2" }, h("div")), h("div", { class: "a3" }, h("div", {}, h("div"),
      h("div", { "aria-label": photo ? "Opens profile photo" : "" }, h("div"), h("img", { alt: photo ? "Opens profile photo" : "", draggable: "true", src: user.avatar.replace("_normal", size > 73 ? "_200x200" : "_bigger") })))), h("div")];
    const box = link
      ? h("a", { href: `/${user.handle}${photo ? "/photo" : ""}`, role: "link", tabindex: photo ? null : "-1", "aria-hidden": photo ? null : "true", class: "round" }, inner)
      : h("div", { role: "presentation", tabindex: "-1", class: "round" }, inner);
    return h("div", { "data-testid": `UserAvatar-Container-${user.handle}`, style: `width:${size}px;height:${size}px`, class: "avatar" }, h("div"), h("div", {}, h("div", {}, h("div"), h("div", {}, h("div", {}, box)))));
  }

  function ago(at) {
    const seconds = Math.max(1, window.__INITIAL_STATE__.now - at.getTime() / 1000);
    if (seconds < 60) return `${Math.floor(seconds)}s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)}h`;
    return at.toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
  }

  /** As X does, the page holds on to what was pressed: an answer from before that comes late changes nothing. */
  function turnFollow(id) {
    const { iFollow } = users.get(id);
    friendship(iFollow ? "destroy" : "create", id);
    users.set(id, { ...users.get(id), iFollow: !iFollow, chosen: !iFollow });
    window.Replica.redraw();
  }

  function toggleFollow({ id, handle }) {
    if (users.get(id).iFollow) window.Replica.ask(`Unfollow @${handle}?`, () => turnFollow(id));
    else turnFollow(id);
  }

  /** The follow button; on a press only its attribute and words change, never the node. */
  function followButton(user) {
    const words = user.iFollow ? "Following" : user.followsMe ? "Follow back" : "Follow";
    const hint = `id__follow${user.id}`;
    return h("div", { class: "follow", "data-testid": "placementTracking" }, h("div", {}, h("button", {
      "aria-describedby": hint, "aria-label": `${words} @${user.handle}`, role: "button", type: "button", class: user.iFollow ? "pill hollow" : "pill",
      "data-testid": `${user.id}-${user.iFollow ? "unfollow" : "follow"}`, onclick: () => toggleFollow(user) },
    h("div", { dir: "ltr" }, h("span", {}, h("span", {}, words))))), h("div", { dir: "auto", id: hint, class: "hidden" }, `Click to ${user.iFollow ? "Unfollow" : "Follow"} ${user.handle}`));
  }

  const followsYou = (user) => user.followsMe && h("div", {}, h("div", { dir: "ltr", "data-testid": "userFollowIndicator", class: "follows" }, h("span", {}, "Follows you")));
  const mark = (user) => user.blue && h("svg", { viewBox: "0 0 24 24", "aria-label": "Verified account", role: "img", class: "i blue", "data-testid": "icon-verified" }, h("g", {}, h("path", { d: ICONS.verified })));
  const lock = (user) => user.isProtected && h("svg", { viewBox: "0 0 24 24", "aria-label": "Protected account", role: "img", class: "i", "data-testid": "icon-lock" }, h("g", {}, h("path", { d: ICONS.lock })));

  Object.assign(window.Replica, { icon, number, avatar, ago, toggleFollow, followButton, followsYou, mark, lock });
})();
