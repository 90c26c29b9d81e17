// One post as an article: author, text, picture, quote card, action row; in lists, focused, and inside a promoted wrapper.
"use strict";
(() => {
  const { h, icon, number, avatar, ago, mark, lock, users, posts, write } = window.Replica;

  /** The name block; `linked` false is the quote card's, which has no anchors. `timed` false is the focused post's. */
  function nameBlock(post, author, { linked = true, timed = true } = {}) {
    const name = h("div", { class: "name" }, h("div", { dir: "ltr" }, h("span", {}, h("span", {}, author.name))), h("div", { dir: "ltr" }, h("span", {}, mark(author), lock(author))));
    const handle = h("div", { dir: "ltr" }, h("span", {}, `@${author.handle}`));
    const time = h("time", { datetime: post.at.toISOString() }, ago(post.at));
    const permalink = `/${author.handle}/status/${post.id}`;
    return h("div", { "data-testid": "User-Name", class: timed ? "names" : "names tall" },
      h("div", {}, h("div", {}, linked ? h("a", { href: `/${author.handle}`, role: "link" }, name) : h("div", {}, name))),
      h("div", {}, h("div", { class: "second" },
        linked ? h("div", {}, h("a", { href: `/${author.handle}`, role: "link", tabindex: "-1" }, handle)) : h("div", {}, h("div", { tabindex: "-1" }, handle)),
        timed && h("div", { dir: "ltr", "aria-hidden": "true" }, h("span", {}, "·")),
        timed && h("div", {}, linked ? h("a", { href: permalink, dir: "ltr", "aria-label": ago(post.at), role: "link" }, time) : h("div", { dir: "ltr" }, time)))));
  }

  /** Text with its mentions as links, each in X's extra wrappers. */
  function textBlock(post) {
    const parts = post.text.split(/(@[A-Za-z0-9_]{1,15})/);
    return h("div", { dir: "auto", lang: post.lang, "data-testid": "tweetText", class: "text" }, parts.map((part, index) =>
      index % 2 ? h("div", { class: "inline" }, h("span", {}, h("a", { dir: "ltr", href: `/${part.slice(1)}`, role: "link" }, part))) : part && h("span", {}, part)));
  }

  function quoteCard(id) {
    const post = posts.get(id);
    if (!post) return null;
    const author = users.get(post.author);
    return h("div", {}, h("div", { dir: "ltr", class: "hidden" }, h("span", {}, "Quote")), h("div", { tabindex: "0", role: "link", class: "quote" },
      h("div", { class: "row" }, h("div", { "data-testid": "Tweet-User-Avatar" }, avatar(author, 24, { link: false })), nameBlock(post, author, { linked: false })),
      textBlock(post)));
  }

  function action(testid, label, shape, count, press, on) {
    return h("div", {}, h("button", { "aria-label": `${count} ${label}`, role: "button", type: "button", "data-testid": testid, class: on ? "action on" : "action", onclick: press },
      h("div", { dir: "ltr" }, h("div", {}, h("div"), icon(shape)), h("div", {}, h("span", { "data-testid": "app-text-transition-container" }, h("span", {}, h("span", {}, count ? number(count) : "")))))));
  }

  function change(post, fields, op) {
    posts.set(post.id, { ...posts.get(post.id), ...fields });
    write(op, { tweet_id: post.id });
    window.Replica.redraw();
  }

  function actions(post, author, focused) {
    const like = () => change(post, { liked: !post.liked, likes: post.likes + (post.liked ? -1 : 1) }, post.liked ? "UnfavoriteTweet" : "FavoriteTweet");
    const repost = () => post.reposted || change(post, { reposted: true, reposts: post.reposts + 1 }, "CreateRetweet");
    return h("div", {}, h("div", { "aria-label": `${post.replies} replies, ${post.reposts} reposts, ${post.likes} likes, ${post.views} views`, role: "group", class: "actions" },
      action("reply", "Replies. Reply", "reply", post.replies, () => window.Replica.go(`/${author.handle}/status/${post.id}`)),
      action(post.reposted ? "unretweet" : "retweet", "Reposts. Repost", "repost", post.reposts, repost, post.reposted),
      action(post.liked ? "unlike" : "like", "Likes. Like", "heart", post.likes, like, post.liked),
      h("div", {}, h("a", { href: `/${author.handle}/status/${post.id}/analytics`, "aria-label": `${post.views} views`, role: "link", class: "action" }, h("div", { dir: "ltr" }, h("div", {}, h("div"), icon("views")), h("div", {}, h("span", { "data-testid": "app-text-transition-container" }, h("span", {}, h("span", {}, number(post.views)))))))),
      focused && action("bookmark", "Bookmark", "bookmark", 0),
      h("div", {}, h("button", { "aria-label": "Share post", role: "button", type: "button", class: "action" }, h("div", { dir: "ltr" }, h("div", {}, h("div"), icon("share")))))));
  }

  function context(row, shown, sharer) {
    if (sharer) return h("div", { class: "context" }, h("div", {}, icon("repost")), h("div", {}, h("div", { class: "second" }, h("div", {}, h("div", {}, h("a", { href: `/${sharer.handle}`, dir: "ltr", role: "link" }, h("span", { "data-testid": "socialContext" }, h("span", { dir: "ltr" }, h("span", {}, sharer.name)), " reposted")))))));
    return row.pinned ? h("div", { class: "context" }, icon("pin"), h("div", {}, h("div", { dir: "ltr", "data-testid": "socialContext" }, "Pinned"))) : null;
  }

  const caret = () => h("div", {}, h("button", { "aria-label": "More", role: "button", type: "button", "data-testid": "caret", class: "action" }, h("div", { dir: "ltr" }, h("div", {}, h("div"), icon("more")))));

  /** The article of one row; a repost shows the inner post under the reposter's mark. */
  function article(row, { focused = false } = {}) {
    const outer = posts.get(row.post);
    const post = (outer.repostOf && posts.get(outer.repostOf)) || outer;
    const author = users.get(post.author);
    const full = h("a", { href: `/${author.handle}/status/${post.id}`, dir: "ltr", role: "link", class: "when" }, h("time", { datetime: post.at.toISOString() }, post.at.toUTCString().slice(5, 22)));
    const body = h("article", { role: "article", tabindex: focused ? "-1" : "0", "data-testid": "tweet", class: "post", "aria-labelledby": `id__${post.id}`, onclick: (event) => open(event, post, author) },
      h("div", {}, h("div", {}, h("div", {}, context(row, post, outer === post ? null : users.get(outer.author))),
        h("div", { class: "row" }, h("div", { class: "left" }, row.joined && h("div", { class: "thread up" }), h("div", { "data-testid": "Tweet-User-Avatar" }, avatar(author, 40)), row.joins && h("div", { class: "thread" })),
          h("div", { class: "right" }, h("div", { class: "row" }, nameBlock(post, author, { timed: !focused }), row.promoted && h("div", { dir: "ltr", class: "dim" }, h("span", {}, "Ad"), icon("ad")), caret()),
            post.replyTo && !row.joined && h("div", { dir: "ltr", class: "dim" }, "Replying to ", h("a", { href: `/${post.replyTo}`, role: "link" }, `@${post.replyTo}`)),
            h("div", {}, textBlock(post)), post.picture && h("div", { "data-testid": "tweetPhoto", class: "photo" }, h("img", { src: post.picture, alt: "Image", draggable: "true" })),
            post.quoteOf && quoteCard(post.quoteOf), focused && h("div", { class: "dim" }, full), actions(post, author, focused))))));
    return row.promoted ? h("div", { "data-testid": "placementTracking" }, body) : body;
  }

  function open(event, post, author) {
    if (event.target.closest("a, button, [role=link]:not(article)")) return "on";
    return window.Replica.go(`/${author.handle}/status/${post.id}`);
  }

  Object.assign(window.Replica, { article });
})();
