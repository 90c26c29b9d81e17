// Drafts of the dashboard: counts them X's way, keeps the link to X's composer in step, copies; nothing is sent.
"use strict";

(() => {
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

  /** @param {HTMLElement} box @returns {string | null} the first gap that is still in the text */
  function gap(box, /** @type {HTMLTextAreaElement} */ area) {
    const open = (box.dataset.gaps ?? "").split("|").filter(Boolean).find((one) => area.value.includes(`[${one}]`));
    return open ? `[${open}]` : null;
  }

  /** @param {HTMLElement} box */
  function start(box) {
    const area = /** @type {HTMLTextAreaElement} */ (box.querySelector("textarea"));
    const link = /** @type {HTMLAnchorElement} */ (box.querySelector("[data-compose]"));
    const copy = /** @type {HTMLButtonElement} */ (box.querySelector("[data-copy]"));
    const told = /** @type {HTMLElement} */ (box.querySelector("[data-length]"));
    const say = /** @type {HTMLElement} */ (box.querySelector("[data-says]"));

    /** @type {Record<string, string | undefined>} */
    const table = JSON.parse(box.dataset.words || "{}");
    /** @param {string} sentence @param {Record<string, string | number>} [values] in the page's language */
    const tell = (sentence, values = {}) =>
      (table[sentence] || sentence).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

    function draw() {
      const length = postLength(area.value);
      const address = composer(area.value, box.dataset.answers ?? "");
      told.textContent = tell("{length} of {most}", { length, most: MOST });
      told.classList.toggle("over", length > MOST);
      if (address) link.href = address;
      link.hidden = !address;
      say.textContent = address ? "" : tell("Too long for a link: copy it instead.");
    }

    /** @param {Event} event */
    function blocked(event) {
      const open = gap(box, area);
      if (!open) return false;
      event.preventDefault();
      const at = area.value.indexOf(open);
      area.focus();
      area.setSelectionRange(at, at + open.length);
      say.textContent = tell("Fill in {gap} first.", { gap: open });
      return true;
    }

    copy.hidden = false;
    copy.addEventListener("click", async (event) => {
      if (blocked(event)) return;
      await navigator.clipboard.writeText(area.value);
      say.textContent = tell("Copied.");
    });
    link.addEventListener("click", blocked);
    area.addEventListener("input", draw);
    draw();
  }

  for (const box of document.querySelectorAll("[data-draft]")) start(/** @type {HTMLElement} */ (box));
})();
