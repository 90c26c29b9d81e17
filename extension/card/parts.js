// Pure builders of the card's parts: data in, DOM nodes out.
"use strict";

const CardParts = (() => {
  /** @param {string} tag @param {Record<string, any>} props @param {...any} children */
  const h = (tag, props, ...children) => Dom.h(tag, props, ...children);

  /** @param {string} handle @param {string | null} [id] @returns {Card} an empty card, shown until data arrives */
  function blank(handle, id) {
    return {
      handle, id: id ?? null, name: null, score: null, state: "unknown", band: null, was: null, note: null,
      tags: [], alias: null, tags_rev: 0, alias_rev: 0, follows_me: null, i_follow: null, you: 0, they: 0,
      last_in: null, last_out: null, at: null, former: [], recycled: null, relation: {}, trend: [], last: {},
      judgement: {
        value: null, state: "unknown", band: null, was: null, confidence: 0, balance: { you: 0, they: 0 },
        reasons: [], sentence: "",
      },
      seen: { first: null, last: null }, coverage: { inbound_since: null },
    };
  }

  /** @param {Card} card @returns {number | null} the score, null while it is unknown */
  function score(card) {
    return card.judgement?.value ?? card.score ?? null;
  }

  /** @param {Card | null} card @param {number} size @returns {Element} the ring with the number in it */
  function ring(card, size) {
    const value = card ? score(card) : null;
    const sure = card?.judgement?.confidence ?? 0;
    const label =
      value === null
        ? Dom.t("scoreUnknown")
        : Dom.t("scoreLabel", [String(value), Dom.t(sure > 0.66 ? "sureHigh" : sure > 0.33 ? "sureSome" : "sureLow")]);
    return h("div", { class: "ringbox", role: "img", "aria-label": label, title: label },
      Charts.ring(value, sure, size, 5), h("b", { "aria-hidden": "true" }, value === null ? "?" : String(value)));
  }

  /**
   * @param {string | null | undefined} post
   * @param {string} handle
   * @param {string} text
   * @returns {Node | string} a link where there is a post to open
   */
  function toPost(post, handle, text) {
    if (!post || !/^\d+$/.test(post)) return text;
    return h("a", { href: `https://x.com/${handle}/status/${post}`, target: "_blank", rel: "noopener noreferrer" }, text);
  }

  /** @param {Card} card @param {number} now @returns {(Node | string)[]} "Last: they …, you …" */
  function lasts(card, now) {
    const { in: theirs, out: yours } = card.last ?? {};
    if (!theirs && !yours) return [];
    const they = theirs ? toPost(theirs.post, card.handle, Times.ago(theirs.at, now)) : Dom.t("lastNever");
    const me = Session.viewer().handle ?? "i";
    const you = yours ? toPost(yours.post, me, Times.ago(yours.at, now)) : Dom.t("lastNever");
    return [" ", Dom.t("lastThey"), " ", they, ", ", Dom.t("lastYou"), " ", you, "."];
  }

  /** @param {Card} card @returns {Element | null} "you 12 · they 9" with its bar; nothing where nothing was counted */
  function balance(card) {
    const [you, they] = card.judgement?.balance
      ? [card.judgement.balance.you, card.judgement.balance.they]
      : [card.you ?? 0, card.they ?? 0];
    if (you + they === 0) return null;
    const share = Math.round((100 * you) / (you + they));
    // an archive alone shows one side: unknown, never zero
    const unseen = they === 0 && (card.coverage?.inbound_since ?? null) === null;
    return h(
      "div",
      { class: "bal" },
      Dom.t("balance", [String(you), unseen ? "?" : String(they)]),
      h(
        "div",
        { class: "bar", "aria-hidden": "true" },
        h("i", { class: "you", style: `inline-size:${share}%` }),
        h("i", { class: "they", style: `inline-size:${100 - share}%` }),
      ),
    );
  }

  /** @param {Card} card @returns {Element | null} what the account plainly does, with counts */
  function habits({ habits: seen = [] }) {
    const words = seen.map(({ code, count, of }) => Dom.t(`habit_${code}`, [String(count), String(of)]));
    return words.length > 0 ? h("div", { class: "why" }, words.join(" · ")) : null;
  }

  /** @param {Card} card @returns {Element | null} what X's page about the account says, as X's word */
  function aboutAccount({ about }) {
    if (!about) return null;
    const { place, sure, via, renames, renamed_at: at } = about;
    const words = [
      place && Dom.t(sure === false ? "aboutPlaceUnsure" : "aboutPlace", place),
      via && Dom.t("aboutVia", via),
      renames === null ? null : at === null || renames === 0
        ? Dom.t("aboutRenamed", String(renames)) : Dom.t("aboutRenamedLast", [String(renames), Times.when(at)]),
    ].filter((one) => one !== null);
    return words.length > 0 ? h("p", { class: "why about" }, `${Dom.t("aboutSaid")} ${words.join(" · ")}`) : null;
  }

  /** @param {Card} card @param {number} now @returns {Element} ring, state, sentence, balance */
  function head(card, now) {
    const sentence = card.judgement?.sentence || Dom.t("sentenceUnknown");
    return h("div", { class: "row" }, ring(card, 56),
      h("div", { class: "words" },
        card.alias ? h("div", { class: "alias private" }, h("bdi", {}, card.alias)) : null,
        h("h1", { class: "state" }, Wording.stateTitle(card.judgement?.state ?? card.state, card.judgement?.was)),
        habits(card),
        h("div", { class: "why" }, sentence, ...lasts(card, now)),
        h("div", { class: "why" }, Wording.follows(card.follows_me, card.i_follow))),
      balance(card));
  }

  /** @param {Card} card @param {number} now @returns {Element | null} the talk of both in a chat that runs now */
  function chatNow({ chat_now: chat }, now) {
    if (!chat || chat.until < now) return null;
    const until = new Intl.DateTimeFormat(Dom.language(), { hour: "2-digit", minute: "2-digit" });
    const words = Dom.t("chatUntil", [chat.tag, until.format(new Date(chat.until * 1000))]);
    const both = Dom.t("chatBoth", [String(chat.they), String(chat.you)]);
    return h("p", { class: "notice running" }, h("b", {}, h("bdi", {}, words)), ` ${both}`);
  }

  /** @param {Card} card @returns {Element | null} 26 weeks, their days above the axis, yours below */
  function trend(card) {
    const weeks = card.trend ?? [];
    if (!weeks.some(([they, you]) => they + you > 0)) return null;
    const [they, you] = [0, 1].map((side) => weeks.filter((week) => week[side] > 0).length);
    return h(
      "div",
      { class: "spark" },
      Sparkline.spark(weeks, Dom.t("sparkLabel", [String(weeks.length), String(they), String(you)])),
    );
  }

  /**
   * @param {Card} card
   * @returns {Element[]} warnings about identity: renamed, or the handle had another owner
   */
  function notices(card) {
    const former = (card.former ?? [])
      .map((one) => one.handle)
      .filter((handle) => handle.toLowerCase() !== card.handle?.toLowerCase());
    const renamed =
      former.length > 0
        ? [h("p", { class: "notice" }, Dom.t("noticeFormer", former.map((handle) => `@${handle}`).join(", ")))]
        : [];
    const recycled = card.recycled
      ? [h("p", { class: "notice warn" }, Dom.t("noticeRecycled", `@${card.recycled.handle ?? card.handle}`))]
      : [];
    return [...renamed, ...recycled];
  }

  /** @param {string} text @returns {(Node | string)[]} the text, its addresses as links */
  function linked(text) {
    return Links.linked(text).map((piece) => (piece.href
      ? h("a", { href: piece.href, target: "_blank", rel: "noopener noreferrer" }, piece.text) : piece.text));
  }

  /**
   * @param {Card} card
   * @param {() => void} showVersions
   * @returns {Element} "Only on this computer · 4 versions · from this post"
   */
  function noteFooter(card, showVersions) {
    const versions = card.note?.versions ?? 0;
    const parts = [h("span", {}, Dom.t("onlyHere"))];
    if (versions > 0) {
      parts.push(
        h(
          "button",
          { type: "button", onclick: showVersions },
          Plural.count("versions", versions, String(versions)),
        ),
      );
    }
    if (card.note?.post) {
      parts.push(h("span", {}, Dom.t("fromPost"), " ", toPost(card.note.post, card.handle, Dom.t("thisPost"))));
    }
    return h(
      "div",
      { class: "small" },
      ...parts.flatMap((part, at) => (at > 0 ? [h("span", { "aria-hidden": "true" }, "·"), part] : [part])),
    );
  }

  /** @param {string} text @param {keyof typeof Tables.LIMITS} limit @returns {string} why it is not saved */
  function tooLong(text, limit) {
    return Dom.t("textTooLong", [String(Tables.count(text)), String(Tables.LIMITS[limit])]);
  }

  return { blank, score, ring, head, chatNow, aboutAccount, trend, notices, linked, noteFooter, toPost, tooLong };
})();
Object.assign(globalThis, { CardParts });
