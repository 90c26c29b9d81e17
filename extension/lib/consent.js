// Firefox's consent to data leaving the extension: what is asked for, whether it was given; Chromium has no such thing.
"use strict";

const Consent = (() => {
  /**
   * What goes to the companion, in Firefox's words: posts and replies that the page shows, the page's other contents,
   * which profiles and lists were open, the people's names, the place that "About this account" tells.
   */
  const TYPES = [
    "personalCommunications", "websiteContent", "websiteActivity", "browsingActivity", "personallyIdentifyingInfo",
    "locationInfo",
  ];

  /** @returns {Promise<string[] | undefined>} the types that were granted; undefined where the browser has none */
  async function given() {
    const all = /** @type {{data_collection?: string[]}} */ (await chrome.permissions.getAll());
    return all.data_collection;
  }

  /** @returns {Promise<boolean>} whether this browser asks for consent at all */
  async function needed() {
    return (await given()) !== undefined;
  }

  /** @returns {Promise<boolean>} whether data may go to the companion */
  async function granted() {
    const types = await given();
    return types === undefined || TYPES.every((type) => types.includes(type));
  }

  /**
   * Asks for it. Only within a click, before anything else is waited for: Firefox forgets the click after one `await`.
   * @param {{origins?: string[]}} [more] what is asked in the same question
   * @returns {Promise<boolean>} what the user answered
   */
  function request(more = {}) {
    const wanted = { ...more, data_collection: TYPES };
    return chrome.permissions.request(/** @type {chrome.permissions.Permissions} */ (/** @type {unknown} */ (wanted)));
  }

  return { TYPES, needed, granted, request };
})();
Object.assign(globalThis, { Consent });
