// CSS selectors for X's page: one strict-JSON table and the functions to query it. No other file knows X's DOM.
"use strict";

const Selectors = (() => {
  /** @type {Record<string, Place>} */
  const table = /* table */ {
    "appRoot": {"css": ["#react-root", "body > div[id]"], "pages": [], "note": "root of X's app"},
    "layers": {"css": ["#layers"], "pages": [], "note": "popups, hover cards and menus are children of it"},
    "mainColumn": {
      "css": ["[data-testid=\"primaryColumn\"]", "main[role=\"main\"]"],
      "pages": ["profile", "home", "status", "search", "followers", "following", "notifications", "list"],
      "note": "the middle column"
    },
    "loadFailure": {
      "css": ["#ScriptLoadFailure"],
      "pages": [],
      "note": "X's own words when its scripts could not start"
    },
    "viewerLink": {
      "css": [
        "a[data-testid=\"AppTabBar_Profile_Link\"]",
        "nav a[data-testid$=\"_Profile_Link\"]",
        "a[data-testid=\"DashButton_ProfileIcon_Link\"]"
      ],
      "pages": ["profile", "home", "status", "search", "followers", "following", "notifications", "list"],
      "note": "href is /handle of the viewer"
    },
    "viewerAvatar": {
      "css": ["[data-testid=\"SideNav_AccountSwitcher_Button\"] [data-testid^=\"UserAvatar-Container-\"]"],
      "pages": [],
      "note": "suffix of the test id is the viewer's handle"
    },
    "cell": {
      "css": ["[data-testid=\"cellInnerDiv\"]"],
      "pages": ["home"],
      "note": "one row of a virtual list; reused for other people"
    },
    "avatar": {
      "css": ["[data-testid^=\"UserAvatar-Container-\"]"],
      "pages": [],
      "note": "suffix of the test id is the handle; 'unknown' is nobody"
    },
    "avatarPicture": {
      "css": ["[data-testid^=\"UserAvatar-Container-\"] img[src]", "img[src*=\"profile_images\"]"],
      "pages": [],
      "note": "src is the avatar"
    },

    "post": {
      "css": ["article[data-testid=\"tweet\"]", "article[role=\"article\"]:not([data-testid])"],
      "pages": ["home", "status"],
      "note": "one post, in lists and focused"
    },
    "postName": {
      "css": ["[data-testid=\"User-Name\"]"],
      "pages": ["home", "status"],
      "note": "author's name, handle and time; the first one in the article that is not in a quote card"
    },
    "postAuthorLink": {
      "css": ["[data-testid=\"User-Name\"] a[href^=\"/\"]", "[data-testid=\"Tweet-User-Avatar\"] a[href^=\"/\"]"],
      "pages": ["home", "status"],
      "note": "href is /handle of the author"
    },
    "postHandleLink": {
      "css": ["a[href^=\"/\"][tabindex=\"-1\"]"],
      "pages": [],
      "note": "inside postName: the link with the @handle"
    },
    "postNameLink": {
      "css": ["a[href^=\"/\"]"],
      "pages": [],
      "note": "inside postName: the first link is the display name's, href is /handle"
    },
    "postText": {
      "css": ["[data-testid=\"tweetText\"]", "div[lang][dir]"],
      "pages": [],
      "note": "the first one not in the quote card is the author's"
    },
    "postTime": {
      "css": ["a[href*=\"/status/\"] time[datetime]"],
      "pages": ["home", "status"],
      "note": "the anchor around it is the permalink"
    },
    "repostedBy": {
      "css": ["a[href^=\"/\"] [data-testid=\"socialContext\"]"],
      "pages": [],
      "note": "the anchor around it is /handle of who reposted"
    },
    "quoteCard": {
      "css": ["div[role=\"link\"][tabindex=\"0\"]"],
      "pages": [],
      "note": "a quoted post inside a post; it has no links"
    },
    "promotedAround": {
      "css": ["[data-testid=\"placementTracking\"]"],
      "pages": [],
      "note": "promoted only when it is AROUND the article; inside it is a video or a follow button"
    },
    "liked": {"css": ["[data-testid=\"unlike\"]"], "pages": [], "note": "the viewer likes this post"},
    "reposted": {"css": ["[data-testid=\"unretweet\"]"], "pages": [], "note": "the viewer reposted this post"},
    "notLiked": {"css": ["[data-testid=\"like\"]"], "pages": [], "note": "the viewer does not like this post"},
    "notReposted": {"css": ["[data-testid=\"retweet\"]"], "pages": [], "note": "the viewer did not repost this post"},

    "profileName": {
      "css": ["[data-testid=\"UserName\"]"],
      "pages": ["profile"],
      "note": "name block of a profile header; the @handle in it is a plain span"
    },
    "profileDisplayName": {
      "css": ["[dir]"],
      "pages": [],
      "note": "inside profileName: the first one is the display name"
    },
    "profileBio": {"css": ["[data-testid=\"UserDescription\"]"], "pages": [], "note": "bio of the profile header"},
    "profileItems": {
      "css": ["[data-testid=\"UserProfileHeader_Items\"]"],
      "pages": [],
      "note": "location, link, dates"
    },
    "profileLocation": {"css": ["[data-testid=\"UserLocation\"]"], "pages": [], "note": "location"},
    "profileLink": {
      "css": ["a[data-testid=\"UserUrl\"]", "[data-testid=\"UserUrl\"] a[href]"],
      "pages": [],
      "note": "href is a t.co address, the text is the shown one"
    },
    "profileJoined": {"css": ["[data-testid=\"UserJoinDate\"]"], "pages": [], "note": "localised join date"},
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
      "pages": [],
      "note": "on the viewer's own profile only"
    },
    "profileSchema": {
      "css": ["script[data-testid=\"UserProfileSchema-test\"]", "script[type=\"application/ld+json\"]"],
      "pages": [],
      "note": "JSON-LD: identifier is the id, additionalName the handle; can lag behind the address"
    },
    "protectedMark": {
      "css": ["svg[data-testid=\"icon-lock\"]"],
      "pages": [],
      "note": "posts are protected; absent says nothing"
    },

    "followsYou": {
      "css": ["[data-testid=\"userFollowIndicator\"]"],
      "pages": [],
      "note": "present: follows the viewer"
    },
    "followButton": {
      "css": ["[data-testid$=\"-follow\"]"],
      "pages": [],
      "note": "not followed by the viewer; digits before the dash are the person's id"
    },
    "unfollowButton": {
      "css": ["[data-testid$=\"-unfollow\"]"],
      "pages": [],
      "note": "followed by the viewer; digits before the dash are the person's id"
    },
    "confirmButton": {
      "css": ["[data-testid=\"confirmationSheetConfirm\"]"],
      "pages": [],
      "note": "X's own question before an unfollow or a block"
    },
    "muteItem": {
      "css": ["[role=\"menuitem\"][data-testid=\"mute\"]"],
      "pages": [],
      "note": "in the menu of a profile or post; acts at once"
    },
    "blockItem": {
      "css": ["[role=\"menuitem\"][data-testid=\"block\"]"],
      "pages": [],
      "note": "in the menu of a profile or post; X asks again"
    },
    "requestedButton": {
      "css": ["[data-testid$=\"-cancel\"]"],
      "pages": [],
      "note": "a follow request is pending; digits before the dash are the person's id"
    },

    "userCell": {
      "css": [
        "[data-testid=\"UserCell\"]",
        "[role=\"listitem\"]:has([data-testid$=\"-follow\"], [data-testid$=\"-unfollow\"])",
        "[role=\"button\"]:has([data-testid$=\"-follow\"], [data-testid$=\"-unfollow\"])"
      ],
      "pages": ["followers", "following"],
      "note": "one person in a list, who-to-follow and relevant people"
    },
    "tabs": {
      "css": ["nav:has([role=\"tablist\"])", "[role=\"tablist\"]"],
      "pages": [],
      "note": "tabs over a list of followers"
    },
    "sideColumn": {
      "css": ["[data-testid=\"sidebarColumn\"]", "aside"],
      "pages": [],
      "note": "the narrow column: who to follow, relevant people"
    },
    "userCellLink": {
      "css": ["a[href^=\"/\"][tabindex=\"-1\"]:not([aria-hidden])", "a[href^=\"/\"]"],
      "pages": [],
      "note": "inside userCell: href is /handle; the one with the @handle text"
    },
    "userCellName": {
      "css": ["a[href^=\"/\"]:not([tabindex=\"-1\"])"],
      "pages": [],
      "note": "inside userCell: the display name"
    },
    "userCellBio": {
      "css": ["div[dir=\"auto\"]:not([data-testid]):not([id])"],
      "pages": [],
      "note": "inside userCell: the last one is the bio"
    },

    "hoverCard": {
      "css": ["[data-testid=\"HoverCard\"]", "[data-testid=\"hoverCardParent\"]"],
      "pages": [],
      "note": "reused for every hover and for other popups: only with hoverHandle in it"
    },
    "hoverHandle": {
      "css": ["a[href$=\"/following\"]", "a[href$=\"/followers\"]"],
      "pages": [],
      "note": "inside hoverCard: first path segment is the handle"
    },

    "notification": {
      "css": ["article[data-testid=\"notification\"]"],
      "pages": [],
      "note": "an aggregate: so-and-so liked, followed"
    },
    "notificationName": {
      "css": ["[dir] a[href^=\"/\"]:not([aria-hidden])"],
      "pages": [],
      "note": "inside notification: href is /handle of somebody named in its sentence"
    },
    "emptyList": {
      "css": ["[data-testid=\"emptyState\"]", "[data-testid=\"empty_state_header_text\"]"],
      "pages": [],
      "note": "X says that there is nothing here, or nobody of that name"
    }
  } /* end of table */;

  /** @type {Record<string, string>} the user's own replacement for one place, from the options page */
  let overrides = {};
  let pageKind = "other";

  /** @param {string} name @returns {string[]} */
  function anchors(name) {
    const place = table[name];
    if (!place) throw new Error(`No place on X's page is called ${name}.`);
    const own = overrides[name];
    return own ? [own, ...place.css] : place.css;
  }

  /**
   * Looks on the whole page, fall-backs only where the place has to exist: an empty page must not cost extra walks.
   * @param {ParentNode} root @param {string} name @returns {string[]}
   */
  function worthTrying(root, name) {
    const css = anchors(name);
    const pages = table[name].pages;
    const wholePage = root.nodeType === Node.DOCUMENT_NODE;
    return wholePage && pages.length > 0 && !pages.includes(pageKind) ? css.slice(0, overrides[name] ? 2 : 1) : css;
  }

  /**
   * Every node of a place, by the first anchor that finds any.
   * @param {ParentNode} root @param {string} name @returns {Element[]}
   */
  function all(root, name) {
    for (const css of worthTrying(root, name)) {
      const found = root.querySelectorAll(css);
      if (found.length > 0) return [...found];
    }
    return [];
  }

  /** @param {ParentNode} root @param {string} name @returns {Element | null} */
  function one(root, name) {
    for (const css of worthTrying(root, name)) {
      const found = root.querySelector(css);
      if (found) return found;
    }
    return null;
  }

  /** @param {Element} node @param {string} name @returns {Element | null} the place around the node, itself included */
  function around(node, name) {
    return node.closest(anchors(name)[0]);
  }

  /** @param {Element} node @param {string} name */
  function is(node, name) {
    return anchors(name).some((css) => node.matches(css));
  }

  /** @param {string} kind @returns {string[]} names of the places that must exist on this kind of page */
  function requiredOn(kind) {
    return Object.keys(table).filter((name) => table[name].pages.includes(kind));
  }

  /**
   * Takes the user's replacements; one that is not valid CSS is left out, so it cannot break a sweep.
   * @param {Record<string, string>} given
   */
  function override(given) {
    overrides = {};
    for (const [name, css] of Object.entries(given ?? {})) {
      try {
        document.createDocumentFragment().querySelector(css);
        if (table[name]) overrides[name] = css;
      } catch {
        // Not CSS: the built-in anchors stay.
      }
    }
  }

  /** @param {Element} node @returns {string | null} the handle in an avatar's test id */
  function avatarHandle(node) {
    const handle = (node.getAttribute("data-testid") ?? "").replace("UserAvatar-Container-", "");
    return handle && handle !== "unknown" ? handle : null;
  }

  /** @param {Element} node @returns {string | null} the numeric id in a follow button's test id */
  function buttonId(node) {
    return /^(\d+)-/.exec(node.getAttribute("data-testid") ?? "")?.[1] ?? null;
  }

  /** @param {Element} button a menu item such as "Mute @handle" @returns {string | undefined} the handle in it */
  function buttonHandle(button) {
    return /@(\w{1,15})/.exec(button.textContent ?? "")?.[1];
  }

  /** @param {string} kind the kind of page shown now (People.pageKind) */
  function onPage(kind) {
    pageKind = kind;
  }

  return { table, all, one, around, is, requiredOn, override, onPage, avatarHandle, buttonId, buttonHandle };
})();
Object.assign(globalThis, { Selectors });
