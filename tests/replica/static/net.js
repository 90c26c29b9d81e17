// The page's traffic: GraphQL by XMLHttpRequest with X's shapes, and the reading of users and posts out of it.
"use strict";
(() => {
  const IDS = { UserByScreenName: "KybxDj9RrADIITXlGG8kpw", HomeTimeline: "og4a4SdSF3WiQkkwaPCdPg", TweetDetail: "zoF7_t363wZyzylk-BLfZQ" };
  const users = new Map();
  const posts = new Map();
  let serial = 0;

  function ask(method, url, body, type) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      request.setRequestHeader("x-client-transaction-id", `page-${++serial}`);
      request.setRequestHeader("x-csrf-token", "invented");
      if (type) request.setRequestHeader("content-type", type);
      request.addEventListener("load", () => {
        const text = request.responseText;
        window.Replica.heard(request.getResponseHeader("x-response-id") ?? "", text);
        resolve(request.status === 200 ? JSON.parse(text) : { errors: [{ message: text }] });
      });
      request.addEventListener("error", () => resolve({ errors: [{ message: "network" }] }));
      request.send(body);
    });
  }

  const path = (op) => `/i/api/graphql/${IDS[op] ?? "Yr8749ieoUptxRqQv766Fw"}/${op}`;

  /** Asks one reading operation; HomeTimeline goes by POST, as X's page does it. */
  function read(op, variables) {
    if (op.startsWith("Home")) return write(op, variables);
    const features = encodeURIComponent(JSON.stringify({ responsive_web_graphql_timeline_navigation_enabled: true }));
    return ask("GET", `${path(op)}?variables=${encodeURIComponent(JSON.stringify(variables))}&features=${features}`, null, "application/json");
  }

  const write = (op, variables) =>
    ask("POST", path(op), JSON.stringify({ variables, features: {}, queryId: IDS[op] ?? "q" }), "application/json");

  const rest = (path, id) =>
    ask("POST", `/i/api/1.1/${path}.json`, `include_profile_interstitial_type=1&user_id=${id}`,
      "application/x-www-form-urlencoded");
  const friendship = (action, id) => rest(`friendships/${action}`, id);

  /** Reads a user object of any generation into the page's own record. */
  function takeUser(json) {
    if (!json?.rest_id) return null;
    const old = json.legacy ?? {};
    const sight = json.relationship_perspectives ?? old;
    const user = {
      id: json.rest_id, handle: json.core?.screen_name ?? old.screen_name, name: json.core?.name ?? old.name,
      bio: json.profile_bio?.description ?? old.description, location: json.location?.location ?? old.location,
      website: (json.profile_bio?.entities ?? old.entities)?.url?.urls?.[0], avatar: json.avatar?.image_url ?? old.profile_image_url_https,
      banner: json.banner?.image_url ?? old.profile_banner_url, created: json.core?.created_at ?? old.created_at,
      followers: json.relationship_counts?.followers ?? old.followers_count, following: json.relationship_counts?.following ?? old.friends_count,
      posts: json.tweet_counts?.tweets ?? old.statuses_count, blue: json.is_blue_verified, isProtected: json.privacy?.protected ?? old.protected,
      category: json.professional?.category?.[0]?.name, followsMe: sight.followed_by === true, iFollow: users.get(json.rest_id)?.chosen ?? sight.following === true, chosen: users.get(json.rest_id)?.chosen,
    };
    users.set(user.id, user);
    return user;
  }

  /** Reads a post object, with the posts inside it. */
  function takePost(json) {
    if (!json?.legacy) return null;
    const { legacy } = json;
    const post = {
      id: json.rest_id, author: takeUser(json.core.user_results.result)?.id, lang: legacy.lang, at: new Date(legacy.created_at),
      text: legacy.full_text.slice(legacy.display_text_range[0]), replyTo: legacy.in_reply_to_screen_name, liked: legacy.favorited,
      reposted: legacy.retweeted, likes: legacy.favorite_count, reposts: legacy.retweet_count, replies: legacy.reply_count,
      views: Number(json.views?.count ?? 0), picture: legacy.extended_entities?.media?.[0]?.media_url_https,
      repostOf: takePost(legacy.retweeted_status_result?.result)?.id, quoteOf: takePost(json.quoted_status_result?.result)?.id,
    };
    posts.set(post.id, { ...post, liked: posts.get(post.id)?.liked ?? post.liked });
    return post;
  }

  Object.assign(window.Replica, { read, write, rest, friendship, takeUser, takePost, users, posts });
})();
