// Says the sentences of a page's script in the page's language: the page carries the translations, English is the key.

/**
 * @param {HTMLElement} home holds `data-words`, a table from English sentences to those of the page's language
 * @returns {(sentence: string, values?: Record<string, string | number>) => string} fills in `{places}`
 */
export function wordsOf(home) {
  /** @type {Record<string, string | undefined>} */
  const table = JSON.parse(home.dataset.words || "{}");
  return (sentence, values = {}) =>
    (table[sentence] || sentence).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

/** The tag of the page's language, for numbers. */
export const language = () => document.documentElement.lang || "en";
