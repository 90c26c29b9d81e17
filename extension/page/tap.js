// Main-world script: copies the JSON that X's page loads to the extension; changes, delays and blocks nothing.
"use strict";
(() => {
  // X's classic page asks x.com/i/api/…; its next client asks api.x.com/graphql/… and …/1.1/….
  const WANTED = /^https:\/\/(?:(?:[a-z]+\.)?(?:x|twitter)\.com\/i\/api\/|api\.(?:x|twitter)\.com\/(?:graphql|1\.1|2)\/)/;
  const ACTION =
    /\/(?:FavoriteTweet|UnfavoriteTweet|CreateRetweet|DeleteRetweet|CreateTweet|RemoveFollower|(?:friendships|blocks|mutes\/users)\/\w+\.json)(?:[?]|$)/;
  const TEXT_LIMIT = 8_000_000;
  const QUEUE_LIMIT = 60; // answers kept until the isolated side has said hello
  // Every built-in is taken now, before any script of the page could put its own in place and see our port go by.
  const { URL, String, JSON, Date, fetch, setTimeout, location } = window;
  const { apply } = Reflect;
  const { stringify } = JSON;
  const { now } = Date;
  const bound = Function.prototype.bind.bind(Function.prototype.call);
  /** @param {object} type @param {string} name @returns {(...given: any[]) => any} the method, `this` given first */
  const method = (type, name) => bound(/** @type {any} */ (type)[name]);
  /** @param {object} type @param {string} name @returns {(one: any) => any} reads that property */
  const getter = (type, name) => {
    const read = Object.getOwnPropertyDescriptor(type, name)?.get;
    return read ? bound(read) : (one) => one[name];
  };
  const { open, send } = XMLHttpRequest.prototype;
  const [statusOf, typeOf, textOf, answerOf] = ["status", "responseType", "responseText", "response"]
    .map((name) => getter(XMLHttpRequest.prototype, name));
  const [isOk, hrefOf, dataOf, urlOf] = [getter(Response.prototype, "ok"), getter(URL.prototype, "href"),
    getter(MessageEvent.prototype, "data"), getter(Request.prototype, "url")];
  const [clone, read, then] = [method(Response.prototype, "clone"), method(Response.prototype, "text"),
    method(Promise.prototype, "then")];
  const [get, set, has, drop] = ["get", "set", "has", "delete"].map((name) => method(WeakMap.prototype, name));
  const [listen, post, exec, cut, push] = [method(EventTarget.prototype, "addEventListener"),
    method(MessagePort.prototype, "postMessage"), method(RegExp.prototype, "exec"), method(String.prototype, "slice"),
    method(Array.prototype, "push")];
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
    const full = hrefOf(new URL(address instanceof Request ? urlOf(address) : String(address), location.href));
    return on && exec(WANTED, full) ? full : "";
  };

  /** @param {string} url @param {unknown} text @param {unknown} body */
  const hand = (url, text, body) => {
    if (!on || typeof text !== "string" || text.length > TEXT_LIMIT) return;
    const request = body && exec(ACTION, url) ? cut(String(body), 0, 100_000) : "";
    const message = { url, text, request, at: now() };
    if (port) post(port, message);
    else if (queue.length < QUEUE_LIMIT) push(queue, message);
  };

  /** @param {XMLHttpRequest} xhr @param {unknown} body */
  const hear = (xhr, body) => {
    const url = get(wanted, xhr);
    const [status, type] = [statusOf(xhr), typeOf(xhr)];
    if (!url || status < 200 || status > 299) return;
    if (type === "" || type === "text") hand(url, textOf(xhr), body);
    // parsed JSON is written out in a task of its own
    else if (type === "json") setTimeout(() => quietly(() => hand(url, stringify(answerOf(xhr)), body)), 0);
  };

  /** @param {Response} response @param {string} url @param {unknown} body */
  const hearFetch = (response, url, body) => quietly(() => {
    const hear = (/** @type {string} */ text) => quietly(() => hand(url, text, body));
    if (isOk(response)) then(read(clone(response)), hear, () => {});
  });

  XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...given) {
    quietly(() => { const url = addressOf(given[1]); if (url) set(wanted, this, url); else drop(wanted, this); });
    return apply(open, this, given);
  };
  XMLHttpRequest.prototype.send = function (/** @type {any[]} */ ...given) {
    quietly(() => {
      if (has(wanted, this)) listen(this, "load", () => quietly(() => hear(this, given[0])), { once: true });
    });
    return apply(send, this, given);
  };
  window.fetch = function (/** @type {any[]} */ ...given) {
    const answer = apply(fetch, this, given);
    quietly(() => {
      const url = addressOf(given[0]);
      if (url) then(answer, (/** @type {Response} */ response) => hearFetch(response, url, given[1]?.body), () => {});
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
    port.onmessage = (message) => quietly(() => { if (dataOf(message) === "off") off(); });
    dispatchEvent(new MessageEvent("mut:port", { ports: [channel.port2] }));
    for (const message of queue.splice(0)) port.postMessage(message);
  }), { once: true });
})();
