// When the tap is silent on a page, sends what the reader sees there: each fact once, when the page rests.
"use strict";

const DomSightings = (() => {
  const REST_MS = 1500;
  const REMEMBERED = 4000;
  /** @type {Set<string>} */
  let sent = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @template T @param {T[]} items @returns {T[]} those not sent before, word for word */
  function fresh(items) {
    return items.filter((item) => {
      const key = JSON.stringify(item);
      if (sent.has(key)) return false;
      sent.add(key);
      return true;
    });
  }

  function send() {
    timer = undefined;
    if (TapBridge.gaveForThisPage() || !Viewer.isKnown()) return;
    if (sent.size > REMEMBERED) sent = new Set();
    const reading = Reader.read(document, Observer.page(), Math.floor(Date.now() / 1000));
    const news = { ...reading, people: fresh(reading.people), posts: fresh(reading.posts) };
    if (news.people.length + news.posts.length === 0) return;
    Protocol.send("sightings.add", { viewer: Viewer.now(), seen: [], readings: [news] }).catch((error) =>
      Log.error("dom_sightings", error),
    );
  }

  /** The page changed: read it once it rests. */
  function soon() {
    if (TapBridge.gaveForThisPage()) return;
    timer ??= setTimeout(() => requestIdleCallback(send, { timeout: 2000 }), REST_MS);
  }

  /** Another viewer, another set of facts. */
  function forget() {
    sent = new Set();
  }

  return { soon, forget };
})();
Object.assign(globalThis, { DomSightings });
