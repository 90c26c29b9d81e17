// Makes an outline of X's page that can be shared: only structure and known words; no text, name, id, address, number.
import "../content/x/selector_table.js";

const words = (/** @type {string} */ text) => text.split(" ");

const TAGS = new Set(words(
  "a article aside body button div footer form g h1 h2 h3 h4 h5 h6 head header html img input label li main nav ol p " +
  "picture section span svg textarea time ul video",
));
const ROLES = new Set(words(
  "alert alertdialog application article banner button cell checkbox combobox complementary contentinfo dialog feed " +
  "figure form grid gridcell group heading img link list listbox listitem log main menu menubar menuitem navigation " +
  "none note option presentation progressbar radio radiogroup region row search searchbox separator slider status " +
  "switch tab tablist tabpanel textbox timer toolbar tooltip tree treeitem",
));
/** Parts of X's own addresses; everything else in one may be somebody's. */
const PATHS = new Set(words(
  "about all analytics articles compose explore followers followers_you_follow following header_photo highlights " +
  "history home hovercard i keyboard likes lists media mentions notifications photo post profile quotes reposts " +
  "search settings status subscriptions verified_followers video with_replies",
));
/** Words that test ids are made of, beside those of the table. */
const PARTS = words(
  "about account action actions add all app article author avatar back banner bar bio block body bookmark bottom box " +
  "button card caret cell chat check close column community compose confirm container content context count counts " +
  "cover date description detail dialog display div dm down draft drawer dropdown edit emoji empty entry error " +
  "explore feed field file filter focal follow followed follower followers following follows footer form frame gif " +
  "grid group handle header heading hero hidden hide history home hover icon image indicator info inline inner input " +
  "item items join joined keyboard label labels layer lazy left like liked likes line link list lists load loading " +
  "location lock log main map mask media members mention mentions menu message messages modal more mute name nav new " +
  "next note notification notifications open option options outer page panel people person photo pill pin pinned " +
  "place placeholder player poll post posts preview previous primary profile progress promoted prompt protected " +
  "quote quoted quotes react refresh relevant remove reply replies report repost reposts reposted result results " +
  "right row save scroll search section see select send settings share sheet show side sidebar skeleton snap social " +
  "space spinner star start state status sticky subscribe subscription suggestion switch switcher tab table tabs " +
  "tag text thread time timeline timestamp title toast toggle tool toolbar tooltip top topic tracking trend tweet " +
  "tweets unblock unfollow unlike unmute unpin unread unretweet up upload url user verified video view views " +
  "virtual visible who window wrapper",
);
const KNOWN = new Set([...PARTS, ...Object.values(SelectorTable).flatMap(({ css }) => css).flatMap(tokens)]);
/** Attribute -> what may be kept of its value; an attribute that is not named here is left out. */
const KEPT = /** @type {Record<string, (value: string) => string>} */ ({
  "role": (value) => (ROLES.has(value) ? value : "?"),
  "data-testid": testId,
  "data-icon": testId,
  "data-slot": testId,
  "data-engagement-action": testId,
  "data-timeline-entry": () => "",
  "href": path,
  "data-href": path,
  "dir": among("ltr rtl auto"),
  "tabindex": among("-1 0"),
  "type": among("button submit text search checkbox radio file"),
  ...Object.fromEntries(words("aria-hidden aria-pressed aria-selected aria-expanded aria-haspopup aria-modal")
    .map((name) => [name, among("true false menu dialog listbox")])),
  ...Object.fromEntries(words("aria-label alt datetime lang src placeholder").map((name) => [name, () => "?"])),
});

/** @param {string} list @returns {(value: string) => string} */
function among(list) {
  const allowed = new Set(words(list));
  return (value) => (allowed.has(value) ? value : "?");
}

/** @param {string} css @returns {string[]} the words of the test ids in a selector, lower case */
function tokens(css) {
  return [...css.matchAll(/testid[$^*]?="([^"]+)"/g)].flatMap(([, value]) => value.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [])
    .map((word) => word.toLowerCase());
}

/** @param {string} value @returns {string} with "?" for all that is no known word, a number or a handle for example */
function testId(value) {
  const parts = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[-_]|./gs) ?? [];
  const kept = parts.map((part) => (/^[-_]$/.test(part) || KNOWN.has(part.toLowerCase()) ? part : "?")).join("");
  return kept.replace(/\?[?_-]*\?|\?+/g, "?");
}

/** @param {string} href @returns {string} the shape of an address */
function path(href) {
  const own = href.replace(/^https?:\/\/(?:[a-z]+\.)?(?:x|twitter)\.com(?=\/)/, "");
  if (!own.startsWith("/") || own.startsWith("//")) return "?";
  return own.split(/[?#]/)[0].split("/").map((part) => (part === "" || PATHS.has(part) ? part : "?")).join("/");
}

/** @param {Element} node @returns {string} its start tag */
function startTag(node) {
  const tag = TAGS.has(node.localName) ? node.localName : "x-other";
  const kept = [...node.attributes].filter(({ name }) => Object.hasOwn(KEPT, name))
    .map(({ name, value }) => ` ${name}="${KEPT[name](value)}"`);
  return `<${tag}${kept.join("")}>`;
}

/** @param {Node} node @param {string} indent @returns {string[]} its lines */
function lines(node, indent) {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = (node.nodeValue ?? "").trim();
    return text ? [`${indent}${/^@\w{1,20}$/.test(text) ? "@?" : "?"}`] : [];
  }
  if (!(node instanceof Element) || node.hasAttribute("data-mutuals")) return [];
  if (/^(?:script|style|link|meta|title|template|noscript|iframe)$/.test(node.localName)) return [];
  const inside = node.localName === "svg" ? [] : children(node, `${indent} `);
  const tag = startTag(node);
  return [`${indent}${tag}`, ...inside, `${indent}</${/^<([\w-]+)/.exec(tag)?.[1]}>`];
}

/** @param {Element} node @param {string} indent @returns {string[]} a child like the one before is only named so */
function children(node, indent) {
  let before = "";
  return [...node.childNodes].flatMap((child) => {
    const own = lines(child, indent);
    const same = own.length > 1 && own.join() === before;
    if (own.length > 0) before = own.join();
    return same ? [`${indent}<!-- the same again -->`] : own;
  });
}

/** @param {string} xml @returns {Document} read as XML, for HTML's rules would take apart a button in a button */
function parsed(xml) {
  const page = new DOMParser().parseFromString(xml, "application/xhtml+xml");
  return page.querySelector("parsererror") ? new DOMParser().parseFromString(xml, "text/html") : page;
}

/**
 * @param {string} xml X's page as it stands
 * @returns {string} its outline; everything in it is from the lists above
 */
export function outline(xml) {
  const page = parsed(xml);
  const has = (/** @type {string} */ css) => page.querySelector(css) !== null;
  const classic = has('[src*="/responsive-web/"]') ? "classic" : "not told";
  const client = has('[src*="/x-web/"], [href*="/x-web/"]') ? "x-web" : classic;
  const body = page.querySelector("body");
  return [`<!-- A page of X, drawn by: ${client} -->`, ...(body ? lines(body, "") : [])].join("\n");
}
