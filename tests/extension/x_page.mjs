// Builds HTML like X's pages, as X-PAGE.md describes them, with invented people.

const wrap = (inside) => `<div><div>${inside}</div></div>`;
export const avatar = (handle) =>
  `<div data-testid="UserAvatar-Container-${handle}">
    ${wrap(`<a href="/${handle}" aria-hidden="true" role="link" tabindex="-1">
    <img src="https://pbs.twimg.com/profile_images/1/${handle}_x96.jpg" alt=""></a>`)}</div>`;

/** X's frame with the navigation of a logged-in viewer. */
export function frame(main, { handle = "adaquill", side = "", above = "" } = {}) {
  return `<div id="react-root"><header role="banner"><nav role="navigation">
    <a href="/home" data-testid="AppTabBar_Home_Link"></a>
    <a href="/${handle}" data-testid="AppTabBar_Profile_Link"></a></nav>
    <button data-testid="SideNav_AccountSwitcher_Button"><div data-testid="UserAvatar-Container-${handle}"></div>
    </button></header>
    <main role="main"><div data-testid="primaryColumn">${main}</div><div data-testid="sidebarColumn">${side}</div>
    </main></div><div id="layers">${above}</div>`;
}

/** The name row of a post: name, handle, time. */
function nameRow({ handle, name, id, time }) {
  return `<div data-testid="User-Name"><div><div><a href="/${handle}" role="link"><div dir="ltr"><span>${name}</span>
    </div></a></div></div>
    <div><div class="row"><div><a href="/${handle}" role="link" tabindex="-1"><div dir="ltr"><span>@${handle}</span>
    </div></a></div><div aria-hidden="true"><span>·</span></div>
    <div><a href="/${handle}/status/${id}" role="link" dir="ltr"><time datetime="${time}">2h</time></a></div></div>
    </div></div>`;
}

/** The line before the text, in which X writes people as links, or in a quote card as words. */
const replyLine = (people) =>
  people.length > 0 ? `<div dir="ltr">Replying to ${people.join(" <span>and</span> ")}</div>` : "";

/** A quoted post has no links: its handle stands in the avatar's mark only. */
export const quoteCard = (handle, { replyTo = [] } = {}) =>
  `<div role="link" tabindex="0"><div data-testid="Tweet-User-Avatar">
    <div data-testid="UserAvatar-Container-${handle}"></div></div>
  <div data-testid="User-Name"><div><span>Someone</span></div><div><div class="row"><div><div tabindex="-1">
    <div dir="ltr"><span>@${handle}</span></div></div></div>
    <div><time datetime="2026-01-01T00:00:00.000Z">1d</time></div></div></div></div>
  ${replyLine(replyTo.map((name) => `<span dir="ltr"><span>@${name}</span></span>`))}
  <div data-testid="tweetText" lang="en"><span>The quoted words</span></div></div>`;

export function post({
  handle = "wrenwrites", name = "Wren Okafor", id = "501", time = "2026-08-01T10:00:00.000Z",
  text = "Proofs are here.", quote = "", repostBy = "", liked = false, reposted = false,
  replyTo = [], quoteReplyTo = [],
} = {}) {
  const social = repostBy
    ? `<div class="context"><div><svg></svg></div><div><div class="row"><div><div>
      <a href="/${repostBy}" dir="ltr" role="link"><span data-testid="socialContext">Reposted</span></a></div></div>
      </div></div></div>`
    : "";
  return `<div data-testid="cellInnerDiv"><div><article role="article" tabindex="0" data-testid="tweet">${social}
    <div data-testid="Tweet-User-Avatar">${avatar(handle)}</div>
    ${nameRow({ handle, name, id, time })}
    ${replyLine(replyTo.map((to) => `<a href="/${to}" dir="ltr" role="link"><span>@${to}</span></a>`))}
    <div><div data-testid="tweetText" lang="en" dir="auto"><span>${text}</span>
    </div></div>${quote ? quoteCard(quote, { replyTo: quoteReplyTo }) : ""}
    <div role="group" aria-label="1 reply"><button data-testid="reply"></button>
    <button data-testid="${reposted ? "unretweet" : "retweet"}"></button>
    <button data-testid="${liked ? "unlike" : "like"}"></button></div></article></div></div>`;
}

/** The button of a row or header; without an id there is none. */
function followButton(id, following) {
  if (!id) return "";
  const button = `<button aria-label="Follow" data-testid="${id}-${following ? "unfollow" : "follow"}"></button>`;
  return `<div data-testid="placementTracking">${button}</div>`;
}

const indicator = (follows) => (follows ? '<div data-testid="userFollowIndicator"><span>Follows you</span></div>' : "");

export function userCell({
  handle = "bolaprints", name = "Bola Prints", id = "2000004", following = false, followsMe = true,
  bio = "Riso studio.", tag = "div",
} = {}) {
  return `<${tag} role="button" data-testid="UserCell"><div><div>${avatar(handle)}</div><div><div><div>
    <a href="/${handle}" role="link"><div dir="ltr"><span>${name}</span></div></a></div>
    <div class="row"><div><a href="/${handle}" role="link" tabindex="-1"><div dir="ltr"><span>@${handle}</span></div>
    </a></div>${indicator(followsMe)}</div></div>
    ${followButton(id, following)}<div dir="auto" id="hint${id}">Click to follow</div>
    <div dir="auto"><span>${bio}</span></div></div></div></${tag}>`;
}

export function profile({
  handle = "wrenwrites", name = "Wren Okafor", id = "2000001", following = false, followsMe = true, own = false,
} = {}) {
  return `<div class="head"><div>
    ${avatar(handle)}${own ? '<a href="/settings/profile">Edit profile</a>' : followButton(id, following)}</div>
    <div data-testid="UserName"><div><div dir="ltr"><span>${name}</span></div></div><div><div tabindex="-1">
    <div dir="ltr"><span>@${handle}</span></div></div>${indicator(followsMe)}</div></div>
    <div><div data-testid="UserDescription" dir="auto"><span>Editor. I answer letters.</span></div></div>
    <div data-testid="UserProfileHeader_Items"><span data-testid="UserLocation">Lagos</span>
    <a data-testid="UserUrl" href="https://t.co/abc">wrenwrites.example</a></div>
    <div><div><a href="/${handle}/following">12 Following</a></div><div>
    <a href="/${handle}/verified_followers">34 Followers</a></div></div></div>`;
}

export function hoverCard({ handle = "wrenwrites" } = {}) {
  return `<div data-testid="hoverCardParent"><div data-testid="HoverCard"><div class="column"><div>${avatar(handle)}
    </div><div dir="auto">Editor.</div>
    <div class="counts"><div><a href="/${handle}/following">12 Following</a></div><div>
    <a href="/${handle}/verified_followers">34 Followers</a></div></div></div></div></div>`;
}

/** A link with somebody's name, as the sentence of a notification has it. */
const nameLink = ([handle, name]) => `<a href="/${handle}" role="link"><span>${name}</span></a>`;

export function notification({ people = [["bolaprints", "Bola Prints"]], words = " followed you" } = {}) {
  return `<div data-testid="cellInnerDiv"><article role="article" data-testid="notification"><div>
    ${people.map(([handle]) => avatar(handle)).join("")}</div>
    <div dir="ltr">${people.map(nameLink).join(" and ")}<span>${words}</span></div></article></div>`;
}

/** A badge as the background gives it. */
export const badge = (more = {}) => ({
  id: "2000001", handle: "wrenwrites", name: "Wren Okafor", score: 64, state: "warm", band: "warm", note: true,
  tags: ["small press"], alias: null, follows_me: true, i_follow: false, you: 12, they: 9, last_in: 1, last_out: 2,
  was: null, at: 3, ...more,
});
