// Reads people and posts from X's DOM: the fallback source when the network tap delivers nothing.
"use strict";

const Reader = (() => {
  /** @typedef {{handle: string, slot: Element}} Named a person, and where their mark belongs */
  /** @typedef {{avatar: Element | null, name: Element, slot: Element}} QuotePlace */
  /** @typedef {{link: Element, slot: Element}} RepostPlace */
  const SENTENCE_PEOPLE = 3; // an aggregate names more; its row has no room for them

  /** @param {Element | null} node @returns {string} visible text; pictures of emoji count as their alt text */
  function textOf(node) {
    if (!node) return "";
    let text = "";
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const here = walker.currentNode;
      if (here.nodeType === Node.TEXT_NODE) text += here.nodeValue;
      else if (here.nodeName === "IMG") text += /** @type {Element} */ (here).getAttribute("alt") ?? "";
      else if (here.nodeName === "BR") text += "\n";
    }
    return text.trim();
  }

  /** @param {Element | null | undefined} link @returns {string | null} */
  function handleOf(link) {
    return link ? People.handleFromHref(link.getAttribute("href") ?? "") : null;
  }

  /** @template {object} T @param {T} facts @returns {T} without the fields nothing is known about */
  function known(facts) {
    return /** @type {T} */ (
      Object.fromEntries(
        Object.entries(facts).filter(([, value]) => value !== undefined && value !== null && value !== ""),
      )
    );
  }

  /**
   * The viewer's side of a follow button. No button: unknown.
   * @param {ParentNode} root @returns {{id: string | null, i_follow: boolean | null}}
   */
  function followState(root) {
    const yes = Selectors.one(root, "unfollowButton");
    if (yes) return { id: Selectors.buttonId(yes), i_follow: true };
    const no = Selectors.one(root, "followButton") ?? Selectors.one(root, "requestedButton");
    return no ? { id: Selectors.buttonId(no), i_follow: false } : { id: null, i_follow: null };
  }

  /**
   * Follows-you is yes when the mark is there. Its absence says nothing: X may draw it late, or under another name.
   * @param {ParentNode} root @returns {true | null}
   */
  function followsMe(root) {
    return Selectors.one(root, "followsYou") ? true : null;
  }

  /**
   * @param {Document} page
   * @param {string} handle
   * @returns {string | null} the id X wrote for search engines, if it is of this person
   */
  function idFromSchema(page, handle) {
    try {
      const schema = JSON.parse(Selectors.one(page, "profileSchema")?.textContent ?? "null");
      const who = schema?.mainEntity ?? schema?.author;
      const same = People.same(who?.additionalName, handle);
      return same && /^\d{1,25}$/.test(String(who.identifier)) ? String(who.identifier) : null;
    } catch {
      return null;
    }
  }

  /**
   * The handle a name block shows, lower case: a text of its own, and the last one, for a display name may look like a
   * handle too.
   * @param {Element} block @returns {string}
   */
  function headerHandle(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let handle = "";
    while (walker.nextNode()) {
      handle = /^\s*@([A-Za-z0-9_]{1,20})\s*$/.exec(walker.currentNode.nodeValue ?? "")?.[1] ?? handle;
    }
    return People.fold(handle);
  }

  /** @param {Document} page @param {string} handle whose profile the address says it is @returns {ReadPerson | null} */
  function profile(page, handle) {
    const block = Selectors.one(page, "profileName");
    const header = block && headerHandle(block) === People.fold(handle) ? headerOf(block) : null;
    if (!block || !header) return null;
    const { id, i_follow } = followState(header);
    return known({
      id: id ?? idFromSchema(page, handle), handle, header: true,
      name: textOf(Selectors.one(block, "profileDisplayName")), bio: textOf(Selectors.one(header, "profileBio")),
      location: textOf(Selectors.one(header, "profileLocation")),
      link: Selectors.one(header, "profileLink")?.getAttribute("href"),
      avatar: Selectors.one(header, "avatarPicture")?.getAttribute("src"),
      protected: Selectors.one(block, "protectedMark") ? true : undefined, i_follow,
      follows_me: followsMe(block),
    });
  }

  /**
   * The smallest part of the page with the name block and the counts: the header, in the old design and in the new.
   * @param {Element} block @returns {Element | null}
   */
  function headerOf(block) {
    for (let node = block.parentElement, climbed = 0; node && climbed < 8; node = node.parentElement, climbed += 1) {
      if (Selectors.one(node, "profileFollowing") || Selectors.one(node, "profileFollowers")) return node;
    }
    return block.parentElement;
  }

  /** @param {Element} cell @returns {ReadPerson | null} */
  function userCell(cell) {
    const handle = cellHandle(cell);
    if (!handle) return null;
    const { id, i_follow } = followState(cell);
    return known({
      id,
      handle,
      name: textOf(
        Selectors.all(cell, "userCellName").find((link) => !Selectors.around(link, "avatar") && textOf(link)) ?? null,
      ),
      bio: textOf(Selectors.all(cell, "userCellBio").at(-1) ?? null),
      avatar: Selectors.one(cell, "avatarPicture")?.getAttribute("src"),
      i_follow,
      follows_me: followsMe(cell),
    });
  }

  /**
   * @param {Element} cell
   * @returns {Element | null} the link with the @handle, which is not the one around the picture
   */
  function cellLink(cell) {
    const links = Selectors.all(cell, "userCellLink").filter(
      (link) => !Selectors.around(link, "avatar") && handleOf(link),
    );
    return links[0] ?? null;
  }

  /** @param {Element} cell @returns {string | null} whose row this is now */
  function cellHandle(cell) {
    const avatar = Selectors.one(cell, "avatar");
    return handleOf(cellLink(cell)) ?? (avatar ? Selectors.avatarHandle(avatar) : null);
  }

  /** @param {Element} article @returns {string | null} */
  function authorHandle(article) {
    const name = outsideQuote(article, "postName");
    const link = name ? Selectors.one(name, "postNameLink") : null;
    const avatar = link ? null : Selectors.one(article, "avatar");
    return handleOf(link) ?? (avatar && Selectors.avatarHandle(avatar));
  }

  /**
   * @param {Element} article
   * @param {string} name
   * @returns {Element | null} the place in the post itself, not in the post it quotes
   */
  function outsideQuote(article, name) {
    const isOwn = (/** @type {Element} */ node) => {
      const quote = Selectors.around(node, "quoteCard");
      return !quote || !article.contains(quote) || quote === article;
    };
    const first = Selectors.one(article, name); // mostly it, and the walk ends there
    return !first || isOwn(first) ? first : Selectors.all(article, name).find(isOwn) ?? null;
  }

  /**
   * The first few people whom a sentence names, without the viewer.
   * @param {Element[]} nodes the links or texts that name them
   * @returns {{slot: Element, handle: string, named: boolean}[]} `slot`: the sentence; `named`: it names several
   */
  function sentence(nodes) {
    /** @type {Map<string, {slot: Element, handle: string}>} */
    const people = new Map();
    for (const node of nodes) {
      const handle = handleOf(node) ?? headerHandle(node);
      const slot = node.parentElement?.closest("[dir]") ?? node.parentElement;
      const key = People.fold(handle);
      if (key && slot && !Viewer.isSelf(handle) && !people.has(key)) people.set(key, { slot, handle });
    }
    return [...people.values()].slice(0, SENTENCE_PEOPLE).map((one) => ({ ...one, named: people.size > 1 }));
  }

  /** @param {Element} article @returns {Element[]} links or texts that name whom it or its quote answers */
  function replyNames(article) {
    return Selectors.all(article, "replyText").flatMap((text) => {
      const line = [text, text.parentElement].map((node) => node?.previousElementSibling)
        .find((node) => node && Selectors.around(node, "replyLine") === node);
      return line ? Selectors.all(line, "replyName") : [];
    });
  }

  /** @param {Element} card @returns {QuotePlace | null} where a quote names its author: the card has no links */
  function quotePlace(card) {
    const [avatar, name] = [Selectors.one(card, "avatar"), Selectors.one(card, "postName")];
    return name && { avatar, name, slot: Selectors.one(name, "nameRow") ?? name };
  }

  /** @param {QuotePlace | null} place @returns {Named | null} who is quoted */
  function quoted(place) {
    const handle = place && ((place.avatar && Selectors.avatarHandle(place.avatar)) ?? headerHandle(place.name));
    return place && handle ? { handle, slot: place.slot } : null;
  }

  /** @param {Element} article @returns {RepostPlace | null} where a post says who reposted it */
  function repostPlace(article) {
    const link = Selectors.one(article, "repostedBy")?.closest("a");
    return link?.parentElement ? { link, slot: Selectors.one(article, "repostRow") ?? link.parentElement } : null;
  }

  /** @param {RepostPlace | null} place @returns {Named | null} */
  function reposter(place) {
    const handle = place && handleOf(place.link);
    return place && handle ? { handle, slot: place.slot } : null;
  }

  /** @param {Element} article @returns {ReadPost | null} */
  function post(article) {
    const time = outsideQuote(article, "postTime");
    const permalink = time?.closest("a")?.getAttribute("href") ?? "";
    const id = /\/status\/(\d+)/.exec(permalink)?.[1];
    const author = authorHandle(article);
    if (!id || !author) return null;
    const text = outsideQuote(article, "postText");
    const links = text ? [...text.getElementsByTagName("a")] : [];
    const quote = Selectors.one(article, "quoteCard");
    const seconds = Math.floor(Date.parse(time?.getAttribute("datetime") ?? "") / 1000);
    return known({
      id, author_handle: author, text: textOf(text), at: Number.isFinite(seconds) ? seconds : undefined,
      mentions: links.map(handleOf).filter((handle) => handle !== null),
      links: links.map((link) => link.getAttribute("href") ?? "").filter((href) => href.startsWith("https://")),
      repost_by: reposter(repostPlace(article))?.handle,
      quote_handle: (quote && quoted(quotePlace(quote))?.handle) ?? undefined,
      favorited: toggled(article, "liked", "notLiked"), retweeted: toggled(article, "reposted", "notReposted"),
      promoted: Selectors.around(article, "promotedAround") ? true : undefined,
    });
  }

  /** @param {Element} article @param {string} yes @param {string} no @returns {boolean | undefined} */
  function toggled(article, yes, no) {
    if (Selectors.one(article, yes)) return true;
    return Selectors.one(article, no) ? false : undefined;
  }

  /**
   * Everything the page shows now.
   * @param {Document} page
   * @param {{kind: string, handle: string | null}} view
   * @param {number} nowSeconds
   * @returns {Reading}
   */
  function read(page, view, nowSeconds) {
    const header = view.handle && Selectors.one(page, "profileName") ? profile(page, view.handle) : null;
    const cells = Selectors.all(page, "userCell").map(userCell);
    const posts = Selectors.all(page, "post").map(post);
    const people = [header, ...cells].filter((person) => person !== null);
    return {
      kind: "dom", at: nowSeconds, url: page.location.href, page: view.kind, people,
      posts: posts.filter((one) => one !== null),
    };
  }

  return {
    read, profile, userCell, cellHandle, cellLink, post, authorHandle, headerOf, headerHandle, followState, textOf,
    handleOf, outsideQuote, replyNames, sentence, quotePlace, quoted, repostPlace, reposter,
  };
})();
Object.assign(globalThis, { Reader });
