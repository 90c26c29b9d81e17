// The choice of the extension's language on the options page: as the browser, or one of those that are there.

/** Folder of the catalogue -> the language's own name, in the order in which it is offered. */
export const LANGUAGES = /** @type {Record<string, string>} */ ({
  en: "English", es: "Español", pt_BR: "Português (Brasil)", de: "Deutsch", fr: "Français", ja: "日本語", ko: "한국어",
  ar: "العربية",
});

/**
 * Fills the list and keeps what is chosen; the page is loaded again in the new language by `speak`.
 * @param {Options} options @param {(id: string, words: string, good: boolean) => void} say
 */
export function bindLanguage(options, say) {
  const list = /** @type {HTMLSelectElement} */ (Dom.$(document, "#language"));
  const named = Object.entries(LANGUAGES).map(([value, name]) =>
    Dom.h("option", { value, lang: value.replace("_", "-") }, name));
  list.replaceChildren(Dom.h("option", { value: "" }, Dom.t("optionsLanguageAuto")), ...named);
  list.value = options.language ?? "";
  list.addEventListener("change", () => {
    Protocol.send("options.set", { language: list.value })
      .catch((error) => say("language-said", error.message, false));
  });
}
