// Main-world script: copies the JSON that X's page loads to the extension; changes, delays and blocks nothing.
"use strict";
(() => {
  // X's classic page asks x.com/i/api/…; its next client asks api.x.com/graphql/… and …/1.1/….
  const WANTED = /^https:\/\/(?:(?:[a-z]+\.)?(?:x|twitter)\.com\/i\/api\/|api\.(?:x|twitter)\.com\/(?:graphql|1\.1|2)\/)/;
  const ACTION =
    /\/(?:FavoriteTweet|UnfavoriteTweet|CreateRetweet|DeleteRetweet|CreateTweet|RemoveFollower|(?:friendships|blocks|mutes\/users)\/\w+\.json)(?:[?]|$)/;
  const TEXT_LIMIT = 8_000_000;
  const QUEUE_LIMIT = 60; // answers kept until the isolated side has said hello
  const { open, send } = XMLHttpRequest.prototype;
  const { fetch } = window;
  /** @type {WeakMap<XMLHttpRequest, string>} address of each wanted request; nothing is put on X's objects */
  const wanted = new WeakMap();
  /** @type {object[]} */
  let queue = [];
  /** @type {MessagePort | null} */
  let port = null;
  let on = true;

  /** Runs code of ours and swallows its errors, so that none reaches X's page. @param {() => void} part */
  const quietly = (part) => { try { part(); } catch { /* X's page goes on as if we were not here. */ } };

  /** @param {unknown} address @returns {string} the full address if it is one of X's JSON answers, else "" */
  const addressOf = (address) => {
    const full = new URL(String(address), location.href).href;
    return on && WANTED.test(full) ? full : "";
  };

  /** @param {string} url @param {unknown} text @param {unknown} body */
  const hand = (url, text, body) => {
    if (!on || typeof text !== "string" || text.length > TEXT_LIMIT) return;
    const request = body && ACTION.test(url) ? String(body).slice(0, 100_000) : "";
    const message = { url, text, request, at: Date.now() };
    if (port) port.postMessage(message);
    else if (queue.length < QUEUE_LIMIT) queue.push(message);
  };

  /** Writes parsed JSON out in a task of its own. @param {string} url @param {unknown} json @param {unknown} body */
  const handLater = (url, json, body) => setTimeout(quietly, 0, () => hand(url, JSON.stringify(json), body));

  /** @param {XMLHttpRequest} xhr @param {unknown} body */
  const hear = (xhr, body) => {
    const url = wanted.get(xhr);
    if (!url || xhr.status < 200 || xhr.status > 299) return;
    const { responseType } = xhr;
    if (responseType === "" || responseType === "text") hand(url, xhr.responseText, body);
    else if (responseType === "json") handLater(url, xhr.response, body);
  };

  /** @param {Response} response @param {string} url @param {unknown} body */
  const hearFetch = (response, url, body) => quietly(() => {
    if (response.ok) response.clone().text().then((text) => quietly(() => hand(url, text, body)), () => {});
  });

  XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...given) {
    quietly(() => { const url = addressOf(given[1]); if (url) wanted.set(this, url); else wanted.delete(this); });
    return Reflect.apply(open, this, given);
  };
  XMLHttpRequest.prototype.send = function (/** @type {any[]} */ ...given) {
    quietly(() => {
      if (wanted.has(this)) this.addEventListener("load", () => quietly(() => hear(this, given[0])), { once: true });
    });
    return Reflect.apply(send, this, given);
  };
  window.fetch = function (/** @type {any[]} */ ...given) {
    const answer = Reflect.apply(fetch, this, given);
    quietly(() => {
      const url = addressOf(given[0]?.url ?? given[0]);
      if (url) answer.then((/** @type {Response} */ response) => hearFetch(response, url, given[1]?.body), () => {});
    });
    return answer;
  };
  const ours = { open: XMLHttpRequest.prototype.open, send: XMLHttpRequest.prototype.send, fetch: window.fetch };

  /** Restores X's functions, unless other code has wrapped ours since. */
  const off = () => {
    on = false; queue = [];
    if (XMLHttpRequest.prototype.open === ours.open) XMLHttpRequest.prototype.open = open;
    if (XMLHttpRequest.prototype.send === ours.send) XMLHttpRequest.prototype.send = send;
    if (window.fetch === ours.fetch) window.fetch = fetch;
  };

  addEventListener("mut:hello", (event) => quietly(() => {
    event.stopImmediatePropagation();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (message) => quietly(() => { if (message.data === "off") off(); });
    dispatchEvent(new MessageEvent("mut:port", { ports: [channel.port2] }));
    for (const message of queue.splice(0)) port.postMessage(message);
  }), { once: true });
})();
