// Measures drafts X's way and makes the address that opens X's composer with one; nothing is sent.
// The extension's card/post_length.js is a copy, written by `python -m scripts.docs.extension_tables`.
"use strict";

const PostLength = (() => {
  const MOST = 280;
  const LINK = 23;
  const ADDRESS_MOST = 2000;
  const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];
  const URL_IN_TEXT = new RegExp(
    "https?:\\/\\/[^\\s<>\"]*[^\\s<>\".,;:!?)\\]]" +
    "|(?<![\\w@.])(?:[a-z0-9-]+\\.)+(?:com|org|net|io|dev|app|info|blog|edu|gov)\\b" +
    "(?:\\/[^\\s<>\"]*[^\\s<>\".,;:!?)\\]])?",
    "gi");
  const ONE = "(?:\\p{Extended_Pictographic}\\uFE0F?\\p{Emoji_Modifier}?(?:[\\u{E0020}-\\u{E007E}]+\\u{E007F})?)";
  const EMOJI = new RegExp(`\\p{RI}{2}|[0-9#*]\\uFE0F?\\u20E3|${ONE}(?:\\u200D${ONE})*`, "gu");

  /** @param {string} text @returns {number} its length in X's units; `companion/domain/post_length.py` has the rules */
  function postLength(text) {
    const plain = text.normalize("NFC").replace(/\r\n/g, "\n");
    const links = plain.match(URL_IN_TEXT)?.length ?? 0;
    let rest = plain.replace(URL_IN_TEXT, "");
    const heavy = (/** @type {string} */ one) => [...one].length > 1 || weight(one) > 1;
    const emoji = (rest.match(EMOJI) ?? []).filter(heavy).length;
    rest = rest.replace(EMOJI, (one) => (heavy(one) ? "" : one));
    return LINK * links + 2 * emoji + [...rest].reduce((sum, one) => sum + weight(one), 0);
  }

  /** @param {string} character */
  function weight(character) {
    const point = character.codePointAt(0) ?? 0;
    return LIGHT.some(([first, last]) => point >= first && point <= last) ? 1 : 2;
  }

  /** @param {string} text @param {string} answers @returns {string} the composer's address, empty if it is too long */
  function composer(text, answers) {
    const reply = answers ? `&in_reply_to=${answers}` : "";
    const address = `https://x.com/intent/post?text=${encodeURIComponent(text)}${reply}`;
    return address.length <= ADDRESS_MOST ? address : "";
  }

  /**
   * @param {string} text @param {readonly string[]} gaps what was not known, without the brackets that it has in a text
   * @returns {string | null} the first gap that is still in the text, with its brackets
   */
  function gapIn(text, gaps) {
    const open = gaps.find((one) => text.includes(`[${one}]`));
    return open ? `[${open}]` : null;
  }

  return { MOST, postLength, composer, gapIn };
})();
Object.assign(globalThis, { PostLength });
