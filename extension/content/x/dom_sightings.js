// Sends people and posts read from the DOM when the network tap delivers nothing for a page; each fact once.
"use strict";

const DomSightings = (() => {
  const REST_MS = 1500;
  const REMEMBERED = 4000;
  /** @type {Set<string>} */
  let sent = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @template T @param {T[]} items @returns {T[]} the items that were not sent before */
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

  /** Schedules a reading of the page for when it is idle. */
  function soon() {
    if (TapBridge.gaveForThisPage()) return;
    timer ??= setTimeout(() => requestIdleCallback(send, { timeout: 2000 }), REST_MS);
  }

  /** Forgets which facts were sent; called when the account changes. */
  function forget() {
    sent = new Set();
  }

  return { soon, forget };
})();
Object.assign(globalThis, { DomSightings });
