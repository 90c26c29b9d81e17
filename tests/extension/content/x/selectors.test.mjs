// Tests the table of places on X's page: each is found, and a dead first anchor has a second.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openPage, source } from "../../page.mjs";
import { frame, hoverCard, notification, post, profile, userCell } from "../../x_page.mjs";

const FEW = ["lib/people.js", "content/x/selector_table.js", "content/x/selectors.js"];
const open = (html, url) => openPage({ html, url, files: FEW });

test("the table is strict JSON between its marks, so the companion can read the very same one", () => {
  const text = source("content/x/selector_table.js");
  const table = JSON.parse(
    text.slice(text.indexOf("/* table */") + 11, text.indexOf("/* end of table */")),
  );
  for (const [name, place] of Object.entries(table)) {
    assert.ok(place.css.length > 0 && place.css.every((css) => typeof css === "string"), name);
    assert.ok((place.pages ?? [""]).length > 0 && place.note.length > 0, name);
    assert.ok(
      !place.css.some((css) => /\.[a-z]|:contains/.test(css.replace(/"[^"]*"/g, ""))),
      `${name} relies on a class or on words`,
    );
  }
});

test("every place required on a page that is watched has a second anchor or is itself a second anchor's page", () => {
  const { Selectors } = open("");
  for (const kind of ["home", "profile", "followers"]) assert.ok(Selectors.requiredOn(kind).length >= 2, kind);
});

const EXPECTED = [
  [
    "home",
    "https://x.com/home",
    frame(post() + post({ handle: "inesmakes", id: "502", quote: "tomoreads" })),
    { mainColumn: 1, viewerLink: 1, post: 2, postName: 3, quoteCard: 1, postTime: 2, profileName: 0 },
  ],
  [
    "profile",
    "https://x.com/wrenwrites",
    frame(profile() + post()),
    {
      profileName: 1, profileFollowing: 1, profileFollowers: 1, followsYou: 1, followButton: 1, unfollowButton: 0,
      post: 1,
    },
  ],
  [
    "followers",
    "https://x.com/adaquill/followers",
    frame(userCell() + userCell({ handle: "inesmakes", id: "2000002", following: true })),
    { userCell: 2, followButton: 1, unfollowButton: 1, followsYou: 2 },
  ],
  ["notifications", "https://x.com/notifications", frame(notification() + post()), { notification: 1, post: 1 }],
  ["hover card", "https://x.com/home", frame(post()) + hoverCard(), { hoverCard: 1 }],
];
for (const [name, url, html, counts] of EXPECTED) {
  test(`the ${name} page has each place as often as it should`, () => {
    const { Selectors, document } = open(html, url);
    for (const [place, count] of Object.entries(counts)) {
      assert.equal(Selectors.all(document, place).length, count, place);
    }
  });
}

const BROKEN = [
  ["post", "https://x.com/home", frame(post()).replace('data-testid="tweet"', ""), 1],
  [
    "userCell",
    "https://x.com/adaquill/followers",
    frame(userCell()).replaceAll('data-testid="UserCell"', 'data-testid="PersonRow"'),
    1,
  ],
  ["viewerLink", "https://x.com/home", frame("").replace("AppTabBar_Profile_Link", "NewBar_Profile_Link"), 1],
  ["mainColumn", "https://x.com/home", frame("").replace("primaryColumn", "middle"), 1],
  ["profileFollowers", "https://x.com/wrenwrites", frame(profile()).replace("/verified_followers", "/followers"), 1],
];
for (const [place, url, html, count] of BROKEN) {
  test(`${place} is still found after X renamed its first anchor`, () => {
    const { Selectors, document } = open(html, url);
    assert.equal(Selectors.all(document, place).length, count);
  });
}

test("where a place need not exist, the whole page is not searched by second anchors", () => {
  const { Selectors, document } = open(
    frame(userCell()).replaceAll('data-testid="UserCell"', ""),
    "https://x.com/home",
  );
  assert.equal(Selectors.all(document, "userCell").length, 0);
});

test("the user's own replacement comes first, and one that is not CSS is left out", () => {
  const { Selectors, document } = open(frame("<section class=strange></section>"));
  Selectors.override({ post: "section.strange", userCell: "<<<", nothing: "p" });
  assert.equal(Selectors.all(document, "post").length, 1);
  assert.equal(Selectors.all(document, "userCell").length, 0);
});

test("a handle and an id are read from the marks, and 'unknown' is nobody", () => {
  const { Selectors, document } = open(
    '<div data-testid="UserAvatar-Container-unknown"></div><button data-testid="2000004-unfollow"></button>',
  );
  assert.equal(Selectors.avatarHandle(document.querySelector("div")), null);
  assert.equal(Selectors.buttonId(document.querySelector("button")), "2000004");
});

test("an unknown place is a mistake of ours and says so", () => {
  const { Selectors, document } = open("");
  assert.throws(() => Selectors.one(document, "nonsense"), /nonsense/);
});

// Saved pages of X, where they lie beside the project: [posts, people rows, profile headers] each must give.
const SHARED = join(process.env.MUTUALS_SHARED ?? join(import.meta.dirname, "../../../../../shared"), "data/x");
const SAVED = {
  "dom_full_page_article_loggedin_2026-02.html": { post: 1, userCell: 1, followsYou: 1, viewerAvatar: 1 },
  "dom_main_timeline_2023-12.html": { post: 6, userCell: 3, profileName: 1 },
  "dom_photo_modal_with_15_replies_and_ad.html": { post: 14 },
  "dom_profile_cells_2026-09.html": { post: 6, viewerLink: 1, viewerAvatar: 1 },
  "dom_profile_header_not_followed_2023-12.html": { profileName: 1, followButton: 1 },
  "dom_timeline_scroll_b_2023-12.html": { post: 6, userCell: 3 },
  "dom_tweet_repost_unretweet_2023-09.html": { post: 1, repostedBy: 1, reposted: 1 },
  "dom_usercell_followers_list_2023-08.html": { userCell: 1, followButton: 1 },
};
for (const file of existsSync(SHARED) ? readdirSync(SHARED).filter((name) => name in SAVED) : []) {
  test(`the saved page ${file} has every place counted in it by hand`, () => {
    const { Selectors, document } = open(readFileSync(join(SHARED, file), "utf8"));
    for (const [place, count] of Object.entries(SAVED[file])) {
      assert.equal(Selectors.all(document, place).length, count, place);
    }
  });
}
