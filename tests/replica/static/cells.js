// The other rows of X's lists: a person (UserCell) and an aggregated notification.
"use strict";
(() => {
  const { h, icon, avatar, followButton, followsYou, mark, lock, users, ago } = window.Replica;

  /** One person in a list; `inAside` makes the listitem of "Relevant people". */
  function userCell(id, inAside = false) {
    const user = users.get(id);
    const names = h("div", { class: "names tall" },
      h("div", {}, h("a", { href: `/${user.handle}`, role: "link" }, h("div", { class: "name" }, h("div", { dir: "ltr" }, h("span", {}, h("span", {}, user.name), h("span"))), h("div", { dir: "ltr" }, h("span", {}, mark(user), lock(user)))))),
      h("div", { class: "second" }, h("div", {}, h("a", { href: `/${user.handle}`, role: "link", tabindex: "-1" }, h("div", {}, h("div", { dir: "ltr" }, h("span", {}, `@${user.handle}`))))), followsYou(user)));
    const inside = h("div", {}, h("div", { class: "row" }, h("div", { class: "left" }, h("div", {}, avatar(user, 40))),
      h("div", { class: "right" }, h("div", { class: "row spread" }, names, user.id !== window.__INITIAL_STATE__.session.user_id && followButton(user)),
        !inAside && user.bio && h("div", { dir: "auto", class: "text" }, h("span", {}, user.bio)))));
    if (inAside) return h("li", { role: "listitem", tabindex: "0", "data-testid": "UserCell", class: "person" }, inside);
    const visit = (event) => (event.target.closest("a, [data-testid$=follow]") ? "on" : window.Replica.go(`/${user.handle}`));
    return h("button", { role: "button", type: "button", "data-testid": "UserCell", class: "person", onclick: visit }, inside);
  }

  /** "A and B liked your post". */
  function notice(row) {
    const shape = { person_icon: "person", heart_icon: "heart", retweet_icon: "repost" }[row.icon] ?? "bell";
    const people = row.actors.map((id) => users.get(id));
    return h("article", { role: "article", tabindex: "0", "data-testid": "notification", class: "post" }, h("div", { class: "row" },
      h("div", { class: `left sign ${shape}` }, icon(shape)),
      h("div", { class: "right" }, h("div", { class: "row" }, people.map((one) => avatar(one, 32))),
        h("div", { dir: "ltr", class: "text" }, people.map((one, index) => [index ? h("span", {}, " and ") : null, h("a", { href: `/${one.handle}`, role: "link" }, h("span", {}, h("span", {}, one.name)))]),
          h("span", {}, row.text.slice(row.text.lastIndexOf(people.at(-1).name) + people.at(-1).name.length)), h("span", { class: "dim" }, ` · ${ago(row.at)}`)))));
  }

  Object.assign(window.Replica, { userCell, notice });
})();
