// Drafts of the dashboard: counts them X's way, keeps the link to X's composer in step, copies; nothing is sent.
"use strict";

(() => {
  const { MOST, postLength, composer, gapIn } = PostLength;

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
      const open = gapIn(area.value, (box.dataset.gaps ?? "").split("|").filter(Boolean));
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
