// Tests the outline of X's page for a report: its structure survives, nothing of what it says or whom it names does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makePage, runModule, text } from "../module_page.mjs";
import { frame, hoverCard, notification, post, profile, userCell } from "../x_page.mjs";

/** A page with the function in it, and the function over HTML as the browser holds it. */
async function open() {
  const page = makePage("<body></body>", "https://extension.example/pages/options.html");
  const { window } = page;
  window.structuredClone = structuredClone;
  await runModule(page, "tests/extension/pages/outline_entry.mjs");
  const xml = (html) => {
    const whole = `<!doctype html><html lang="xx"><head><title>Titlesecret</title></head><body>${html}`;
    const { window: x } = makePage(whole, "https://x.com/home");
    return new x.XMLSerializer().serializeToString(x.document);
  };
  return { window, outline: (html) => window.outline(xml(html)) };
}
const { outline, window } = await open();

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("no text, name, id, address or number of a page is in its outline", () => {
  const html = frame(
    profile() + post({ handle: "inesmakes", name: "Ines Duarte", repostBy: "tomoreads", quote: "bolaprints" }) +
      userCell() + notification({ words: " liked 17 of your posts" }),
    { above: hoverCard() },
  );
  const made = outline(html);
  const secrets = [
    "wren", "okafor", "ines", "duarte", "tomo", "bola", "adaquill", "2000001", "2000004", "501", "Editor", "letters",
    "Proofs", "Riso", "Lagos", "t.co", "pbs", "2026", "17", "Titlesecret", "liked", "2h",
  ];
  for (const secret of secrets) assert.equal(made.toLowerCase().includes(secret.toLowerCase()), false, secret);
  assert.equal(/[0-9]/.test(made.replace(/h[1-6]|tabindex="-?[01]"/g, "")), false, "a number");
});

/** A node of chance whose every value is one that must not survive. */
function secretNode(random, fresh, depth) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const name = pick([
    "data-testid", "href", "role", "aria-label", "class", "id", "style", "src", "alt", "title", "data-href", "type",
    "tabindex", "dir", "lang", "datetime", "value", "placeholder", "data-icon", "aria-hidden", "name", "data-x",
    "data-timeline-entry", "data-engagement-action", "onclick", "aria-haspopup",
  ]);
  const before = pick(["", "", "UserAvatar-Container-", "https://x.com/", "/", "/i/", "user_", "2000-", "cell"]);
  const inside = depth > 0 ? Array.from({ length: 3 }, () => secretNode(random, fresh, depth - 1)).join("") : "";
  const tag = pick(["div", "span", "a", "article", "button", "input", "svg", "script", "style", "x-thing", "p", "b"]);
  return `<${tag} ${name}="${before}${fresh()}">${fresh()}<!-- ${fresh()} -->${inside}</${tag}>`;
}

test("whatever attribute or text a page has, none of 3,000 invented words gets through", () => {
  const random = chance(7);
  const words = [];
  const fresh = () => {
    const word = Array.from({ length: 6 }, () => "qzxkvj"[Math.floor(random() * 6)]).join("") +
      (random() < 0.3 ? String(Math.floor(random() * 1e6)) : "");
    words.push(word);
    return word;
  };
  const html = Array.from({ length: 30 }, () => secretNode(random, fresh, 3)).join("");
  assert.ok(words.length > 3000, String(words.length));
  const made = outline(html);
  assert.deepEqual(words.filter((word) => made.includes(word)), []);
});

test("a hostile address, an id like ours and our own marks are left out too", () => {
  const made = outline(
    '<a href="https://evil.example/wren?x=1">a</a><a href="//evil.example/wren">b</a><a href="javascript:wren()">c</a>' +
      '<div data-testid="wrenFollowsBolaInLagos"></div><div data-mutuals="card" data-form="wren">wren</div>',
  );
  assert.equal(/wren|bola|lagos|evil|mutuals|javascript/i.test(made), false, made);
  assert.match(made, /data-testid="\?Follows\?"/);
});

test("what is needed to mend the selectors stays: test ids, roles, the shape of addresses, the nesting", () => {
  const made = outline(frame(post() + userCell()));
  for (const kept of [
    'data-testid="UserAvatar-Container-?"', 'data-testid="?-follow"', 'data-testid="cellInnerDiv"',
    'href="/?/status/?"', 'role="article"', "@?", 'data-testid="UserCell"',
  ]) assert.ok(made.includes(kept), kept);
  const nested = '<button data-testid="UserCell"><p><button data-testid="7-follow">Follow</button></p></button>';
  assert.equal(
    window.outline(`<html xmlns="http://www.w3.org/1999/xhtml"><body>${nested}</body></html>`).split("\n").slice(1).join("|"),
    '<body>| <button data-testid="UserCell">|  <p>|   <button data-testid="?-follow">|    ?|   </button>|  </p>| ' +
      "</button>|</body>",
  );
});

test("rows that look alike are written once, and what drew the page is named", () => {
  const made = outline(frame(post({ handle: "wrenwrites" }) + post({ handle: "inesmakes", id: "502" })));
  assert.equal(made.match(/<article/g).length, 1);
  assert.match(made, /the same again/);
  assert.match(outline('<script src="https://abs.twimg.com/x-web/entry.js"></script>'), /drawn by: x-web/);
  assert.match(outline('<script src="https://abs.twimg.com/responsive-web/main.js"></script>'), /drawn by: classic/);
  assert.match(outline("<p></p>"), /drawn by: not told/);
});

test("a page that is no XML is outlined all the same, and says nothing either", () => {
  const made = window.outline("<html><body><p>wren <b>& <div data-testid=tweet>ines</body>");
  assert.match(made, /data-testid="tweet"/);
  assert.equal(/wren|ines/.test(made), false);
});

test("the words that test ids may be made of hold no name of the invented people", () => {
  const source = text("extension/pages/page_outline.js");
  assert.equal(/\b(?:wren|ines|tomo|bola|ada)\b/i.test(source), false);
});
