// Table of the places on X's page: CSS selectors, the pages that must have them, and how to read them; strict JSON.
"use strict";

/** @type {Record<string, Place>} */
const SelectorTable = /* table */ {
  "layers": {"css": ["#layers"], "note": "popups, hover cards and menus are children of it"},
  "mainColumn": {
    "css": ["[data-testid=\"primaryColumn\"]", "main[role=\"main\"]"],
    "pages": ["profile", "home", "status", "search", "followers", "following", "notifications", "list"],
    "note": "the middle column"
  },
  "classicClient": {
    "css": ["script[src*=\"/responsive-web/\"]", "#react-root [data-testid]"],
    "note": "X's usual program"
  },
  "nextClient": {
    "css": ["[src*=\"/x-web/\"], [href*=\"/x-web/\"]", "[data-timeline-entry]"],
    "note": "X's new program, x-web, in which most test ids are gone"
  },
  "loadFailure": {
    "css": ["#ScriptLoadFailure"],
    "note": "X's own words when its scripts could not start"
  },
  "viewerLink": {
    "css": [
      "a[data-testid=\"AppTabBar_Profile_Link\"]",
      "nav a[data-testid$=\"_Profile_Link\"]",
      "a[data-testid=\"DashButton_ProfileIcon_Link\"]",
      "header nav a[href^=\"/\"]:not([href^=\"/i/\"], [href=\"/home\"], [href=\"/explore\"], [href=\"/notifications\"])"
    ],
    "pages": ["profile", "home", "status", "search", "followers", "following", "notifications", "list"],
    "note": "href is /handle of the viewer"
  },
  "viewerAvatar": {
    "css": ["[data-testid=\"SideNav_AccountSwitcher_Button\"] [data-testid^=\"UserAvatar-Container-\"]"],
    "note": "suffix of the test id is the viewer's handle"
  },
  "cell": {
    "css": ["[data-testid=\"cellInnerDiv\"]"],
    "pages": ["home"],
    "note": "one row of a virtual list; reused for other people"
  },
  "avatar": {
    "css": ["[data-testid^=\"UserAvatar-Container-\"]"],
    "note": "suffix of the test id is the handle; 'unknown' is nobody"
  },
  "avatarPicture": {
    "css": ["[data-testid^=\"UserAvatar-Container-\"] img[src]", "img[src*=\"profile_images\"]"],
    "note": "src is the avatar"
  },

  "post": {
    "css": ["article[data-testid=\"tweet\"]", "article[role=\"article\"]:not([data-testid])"],
    "pages": ["home", "status"],
    "note": "one post, in lists and focused"
  },
  "postName": {
    "css": [
      "[data-testid=\"User-Name\"]",
      "div:has(> div + div > div > div > [tabindex=\"-1\"]:not([aria-hidden], [role=\"presentation\"]))"
    ],
    "pages": ["home", "status"],
    "note": "author's name, handle and time; the first one in the article that is not in a quote card"
  },
  "postAuthorLink": {
    "css": ["[data-testid=\"User-Name\"] a[href^=\"/\"]", "[data-testid=\"Tweet-User-Avatar\"] a[href^=\"/\"]"],
    "pages": ["home", "status"],
    "note": "href is /handle of the author"
  },
  "nameRow": {
    "css": ["div:has(> div > [tabindex=\"-1\"])"],
    "note": "inside postName: the row with handle and time, with links or, in a quote card, without"
  },
  "postHandleLink": {
    "css": ["a[href^=\"/\"][tabindex=\"-1\"]"],
    "note": "inside postName: the link with the @handle"
  },
  "postNameLink": {
    "css": ["a[href^=\"/\"]"],
    "note": "inside postName: the first link is the display name's, href is /handle"
  },
  "postText": {
    "css": ["[data-testid=\"tweetText\"]", "div[lang][dir]"],
    "note": "the first one not in the quote card is the author's"
  },
  "postTime": {
    "css": ["a[href*=\"/status/\"] time[datetime]"],
    "pages": ["home", "status"],
    "note": "the anchor around it is the permalink"
  },
  "repostedBy": {
    "css": ["a[href^=\"/\"] [data-testid=\"socialContext\"]"],
    "note": "the anchor around it is /handle of who reposted"
  },
  "repostRow": {
    "css": ["div:has(> div > div > a[href^=\"/\"] [data-testid=\"socialContext\"])"],
    "note": "the row with who reposted; what is added to it stands behind the words"
  },
  "replyText": {
    "css": [":is(div[dir]:not([lang]) + *, div[dir]:not([lang]) + div > *)[data-testid=\"tweetText\"]"],
    "note": "behind a line \"Replying to\"; to ask for the line by :has takes seven times as long"
  },
  "replyLine": {"css": ["div[dir]:not([lang])"], "note": "that line has no test id"},
  "replyName": {"css": [":is(a, span)"], "note": "inside replyLine: somebody"},
  "quoteCard": {
    "css": ["div[role=\"link\"][tabindex=\"0\"]"],
    "note": "a quoted post inside a post; it has no links"
  },
  "promotedAround": {
    "css": ["[data-testid=\"placementTracking\"]"],
    "note": "promoted only when it is AROUND the article; inside it is a video or a follow button"
  },
  "liked": {"css": ["[data-testid=\"unlike\"]"], "note": "the viewer likes this post"},
  "reposted": {"css": ["[data-testid=\"unretweet\"]"], "note": "the viewer reposted this post"},
  "notLiked": {"css": ["[data-testid=\"like\"]"], "note": "the viewer does not like this post"},
  "notReposted": {"css": ["[data-testid=\"retweet\"]"], "note": "the viewer did not repost this post"},

  "profileName": {
    "css": [
      "[data-testid=\"UserName\"]",
      "main div:not(article *):has(> div + div > div[tabindex=\"-1\"] [dir=\"ltr\"])"
    ],
    "pages": ["profile"],
    "note": "name block of a profile header; the @handle in it is a plain span"
  },
  "profileDisplayName": {
    "css": ["[dir]"],
    "note": "inside profileName: the first one is the display name"
  },
  "profileBio": {"css": ["[data-testid=\"UserDescription\"]"], "note": "bio of the profile header"},
  "profileLocation": {"css": ["[data-testid=\"UserLocation\"]"], "note": "location"},
  "profileLink": {
    "css": ["a[data-testid=\"UserUrl\"]", "[data-testid=\"UserUrl\"] a[href]"],
    "note": "href is a t.co address, the text is the shown one"
  },
  "profileFollowing": {
    "css": ["a[href$=\"/following\"]"],
    "pages": ["profile"],
    "note": "count of followed people; its path holds the handle"
  },
  "profileFollowers": {
    "css": ["a[href$=\"/verified_followers\"]", "a[href$=\"/followers\"]"],
    "pages": ["profile"],
    "note": "count of followers"
  },
  "profileOwn": {
    "css": ["a[href=\"/settings/profile\"]", "[data-testid=\"editProfileButton\"]"],
    "note": "on the viewer's own profile only"
  },
  "profileSchema": {
    "css": ["script[data-testid=\"UserProfileSchema-test\"]", "script[type=\"application/ld+json\"]"],
    "note": "JSON-LD: identifier is the id, additionalName the handle; can lag behind the address"
  },
  "protectedMark": {
    "css": ["svg[data-testid=\"icon-lock\"]"],
    "note": "posts are protected; absent says nothing"
  },

  "followsYou": {
    "css": ["[data-testid=\"userFollowIndicator\"]"],
    "note": "present: follows the viewer"
  },
  "followButton": {
    "css": ["[data-testid$=\"-follow\"]"],
    "note": "not followed by the viewer; digits before the dash are the person's id"
  },
  "unfollowButton": {
    "css": ["[data-testid$=\"-unfollow\"]"],
    "note": "followed by the viewer; digits before the dash are the person's id"
  },
  "confirmButton": {
    "css": ["[data-testid=\"confirmationSheetConfirm\"]"],
    "note": "X's own question before an unfollow or a block"
  },
  "muteItem": {
    "css": ["[role=\"menuitem\"][data-testid=\"mute\"]"],
    "note": "in the menu of a profile or post; acts at once"
  },
  "blockItem": {
    "css": ["[role=\"menuitem\"][data-testid=\"block\"]"],
    "note": "in the menu of a profile or post; X asks again"
  },
  "requestedButton": {
    "css": ["[data-testid$=\"-cancel\"]"],
    "note": "a follow request is pending; digits before the dash are the person's id"
  },

  "userCell": {
    "css": [
      "[data-testid=\"UserCell\"]",
      "[role=\"listitem\"]:has([data-testid$=\"-follow\"], [data-testid$=\"-unfollow\"])",
      "[role=\"button\"]:has([data-testid$=\"-follow\"], [data-testid$=\"-unfollow\"])",
      ":is([role=\"button\"], [role=\"listitem\"]):has(a[href^=\"/\"][tabindex=\"-1\"]:not([aria-hidden]))"
    ],
    "pages": ["followers", "following"],
    "note": "one person in a list, who-to-follow and relevant people"
  },
  "tabs": {
    "css": ["nav:has([role=\"tablist\"])", "[role=\"tablist\"]"],
    "note": "tabs over a list of followers"
  },
  "sideColumn": {
    "css": ["[data-testid=\"sidebarColumn\"]", "aside"],
    "note": "the narrow column: who to follow, relevant people"
  },
  "userCellLink": {
    "css": ["a[href^=\"/\"][tabindex=\"-1\"]:not([aria-hidden])", "a[href^=\"/\"]"],
    "note": "inside userCell: href is /handle; the one with the @handle text"
  },
  "userCellName": {
    "css": ["a[href^=\"/\"]:not([tabindex=\"-1\"])"],
    "note": "inside userCell: the display name"
  },
  "userCellBio": {
    "css": ["div[dir=\"auto\"]:not([data-testid]):not([id])"],
    "note": "inside userCell: the last one is the bio"
  },

  "hoverCard": {
    "css": ["[data-testid=\"HoverCard\"]", "[data-testid=\"hoverCardParent\"]"],
    "note": "reused for every hover and for other popups: only with hoverHandle in it"
  },
  "hoverHandle": {
    "css": ["a[href$=\"/following\"]", "a[href$=\"/followers\"]"],
    "note": "inside hoverCard: first path segment is the handle"
  },

  "notification": {
    "css": ["article[data-testid=\"notification\"]"],
    "note": "an aggregate: so-and-so liked, followed"
  },
  "notificationName": {
    "css": ["[dir] a[href^=\"/\"]:not([aria-hidden])"],
    "note": "inside notification: href is /handle of somebody named in its sentence"
  },
  "emptyList": {
    "css": ["[data-testid=\"emptyState\"]", "[data-testid=\"empty_state_header_text\"]"],
    "note": "X says that there is nothing here, or nobody of that name"
  }
} /* end of table */;
Object.assign(globalThis, { SelectorTable });
