// The language that the user chose for the extension: reads its catalogue, and keeps its words where every page looks.

const FOLDER = /^[a-z]{2}(?:_[A-Z]{2})?$/;

/** @typedef {{message: string, placeholders?: Record<string, {content: string}>}} Message */

/** @param {Message} message @returns {string} with its values as $1 to $9 */
function numbered({ message, placeholders }) {
  return message.replace(/\$(\w+)\$/g, (whole, name) => placeholders?.[name.toLowerCase()]?.content ?? whole);
}

/** @param {string} language folder of a catalogue @returns {Promise<Record<string, string>>} rejected for another */
async function wordsOf(language) {
  const address = chrome.runtime.getURL(`_locales/${language}/messages.json`);
  const file = FOLDER.test(language) ? await fetch(address).catch(() => null) : null; // there is no such file
  if (!file) throw new Error(Dom.t("optionsLanguageBad"));
  const messages = /** @type {Record<string, Message>} */ (await file.json());
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, numbered(message)]));
}

/** Speaks the language from now on, on every page that is loaded. @param {string} language "" for the browser's */
export async function choose(language) {
  if (language) await chrome.storage.local.set({ words: await wordsOf(language) });
  else await chrome.storage.local.remove("words");
  await Dom.speak();
}

/** Reads the catalogues anew, which an update may have changed. */
export async function renew() {
  await keepSpare();
  const { language } = await Store.options();
  if (language) await choose(language);
}

/** Keeps the words of the browser's language for wherever the browser has none; found by its own rule. */
export async function keepSpare() {
  const asked = chrome.i18n.getUILanguage().replace("-", "_");
  for (const folder of [asked, asked.split("_")[0], chrome.runtime.getManifest().default_locale ?? "en"]) {
    const words = await wordsOf(folder).catch(() => null); // there is none of that name
    if (!words) continue;
    const kept = (await chrome.storage.local.get(Dom.SPARE))[Dom.SPARE];
    if (JSON.stringify(kept) !== JSON.stringify(words)) await chrome.storage.local.set({ [Dom.SPARE]: words });
    return;
  }
}

/** Speaks the language chosen, or else the browser's. */
export async function speak() {
  if (!Dom.hasWords()) await keepSpare();
  await Dom.speak();
}
