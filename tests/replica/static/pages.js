// Every route of the page: which operation it loads and what it draws in the middle column.
"use strict";
(() => {
  const { h, VirtualList, profileHeader, profileTab, strip, read, takeUser, users, viewer, write } = window.Replica;
  const LISTS = { followers: "Followers", verified_followers: "BlueVerifiedFollowers", following: "Following", followers_you_follow: "FollowersYouKnow" };
  let list = null;
  let known = {};

  /** The list of a route; another route or tab gets a new list and a new parent node. */
  function timeline(key, op, variables, label, focus) {
    if (list?.key !== key) list = Object.assign(new VirtualList(op, variables, label, focus), { key });
    return h("section", { "aria-labelledby": "accessible-list-0", role: "region", key }, h("h1", { id: "accessible-list-0", class: "hidden", dir: "auto" }, label), h("div", { "aria-label": `Timeline: ${label}`, "data-list": "" }));
  }

  const title = (words) => h("div", { class: "bar" }, h("h2", { dir: "ltr", role: "heading", "aria-level": "2" }, h("span", {}, words)));

  async function lookUp(handle) {
    known = { handle, user: undefined };
    const json = await read("UserByScreenName", { screen_name: handle, withSafetyModeUserFields: true });
    if (known.handle !== handle) return;
    known.user = takeUser(json.data?.user?.result)?.id ?? null;
    window.Replica.redraw();
  }

  function person(handle) {
    if (known.handle !== handle) lookUp(handle);
    return known.user ? users.get(known.user) : known.user;
  }

  function empty(words) {
    return h("div", { "data-testid": "emptyState" }, h("div", { "data-testid": "empty_state_header_text", class: "big" }, words));
  }

  function profile(handle, path) {
    const user = person(handle);
    if (user === null) return [...profileHeader(null, handle, path), empty("This account doesn’t exist")];
    if (!user) return profileHeader(null, handle, path);
    document.title = `${user.name} (@${user.handle}) / X`;
    const [label, , op] = profileTab(path, handle);
    return [...profileHeader(user, handle, path), timeline(path, op, { userId: user.id, count: 20 }, `${user.name}’s ${label}`)];
  }

  function peopleList(handle, kind, path) {
    const user = person(handle);
    const tabs = [["Verified Followers", "/verified_followers"], ["Followers", "/followers"], ["Following", "/following"]];
    const top = [title(user ? user.name : handle), strip(`/${handle}`, tabs, path)];
    return user ? [...top, timeline(path, LISTS[kind], { userId: user.id, count: 20 }, kind)] : top;
  }

  function reply(id) {
    const box = document.querySelector("[data-testid=tweetTextarea_0]");
    if (!box?.value) return;
    write("CreateTweet", { tweet_text: box.value, reply: { in_reply_to_tweet_id: id } }).then(() => {
      box.value = "";
      list = null;
      window.Replica.redraw();
    });
  }

  function status(id) {
    return [title("Post"), timeline(`status ${id}`, "TweetDetail", { focalTweetId: id }, "Conversation", id),
      h("div", { class: "row reply" }, h("textarea", { "data-testid": "tweetTextarea_0", "aria-label": "Post your reply", placeholder: "Post your reply" }), h("button", { "data-testid": "tweetButtonInline", type: "button", class: "pill", onclick: () => reply(id) }, "Reply"))];
  }

  function search(address) {
    const rawQuery = address.searchParams.get("q") ?? "";
    const product = address.searchParams.get("f") === "user" ? "People" : "Latest";
    return [title(`Search: ${rawQuery}`), timeline(address.pathname + address.search, "SearchTimeline", { rawQuery, product, count: 20 }, "Search timeline")];
  }

  function middle(address) {
    const path = address.pathname;
    const [first, second, third] = path.split("/").slice(1);
    if (first === "home" || first === "") return [strip("/home", [["For you", ""], ["Following", "?following"]], path + address.search), timeline(path + address.search, address.search ? "HomeLatestTimeline" : "HomeTimeline", { count: 20 }, "Your Home Timeline")];
    if (first === "notifications") return [title("Notifications"), strip("/notifications", [["All", ""], ["Mentions", "/mentions"]], path), timeline(path, "NotificationsTimeline", { timeline_type: second === "mentions" ? "Mentions" : "All", count: 20 }, "Notifications")];
    if (first === "search") return search(address);
    if (first === "i" && second === "chat") return [h("div", { "data-testid": "dm-container" }, h("div", { "data-testid": "dm-empty-conversation-state" }, "Start a conversation"))];
    if (["explore", "settings", "compose", "i"].includes(first)) return [title(first)];
    if (second === "status") return status(third);
    return second in LISTS ? peopleList(first, second, path) : profile(first, path);
  }

  const failed = () => h("div", { class: "failure" }, h("div", { class: "big" }, "Something went wrong. Try reloading."), h("button", { type: "button", class: "pill", onclick: () => location.reload() }, "Retry"));

  Object.assign(window.Replica, { middle, failed, viewer, currentList: () => list });
})();
