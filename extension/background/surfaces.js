// The extension's browser surfaces: toolbar number, panel, context menu on profile links and the omnibox keyword `mu`.
import { queue } from "./outbox.js";
import { brokenPlaces } from "./page_health.js";
import { searchFind } from "./people.js";
import { lastViewer } from "./viewer.js";

const MENU = "open-profile-note";

/** Shows on the toolbar how many changes wait, else "!" where X's page is not understood; nothing when all is well. */
export async function showWaiting() {
  const { toolbar } = await Store.options();
  const count = toolbar ? (await queue()).length : 0;
  const changed = toolbar && count === 0 && (await brokenPlaces()).length > 0;
  await chrome.action.setBadgeText({ text: count > 0 ? String(count) : changed ? "!" : "" });
  await chrome.action.setBadgeBackgroundColor({ color: "#a15c00" });
  return { ok: /** @type {const} */ (true) };
}

/** Creates the context menu; run at each install or update, which remove it; there is none on Android. */
export function makeMenus() {
  chrome.contextMenus?.removeAll(() => {
    chrome.contextMenus.create({
      id: MENU, title: Dom.t("menuSearch"), contexts: ["link"],
      targetUrlPatterns: ["https://x.com/*", "https://twitter.com/*"],
    });
  });
}

/** @param {chrome.contextMenus.OnClickData} info @param {chrome.tabs.Tab} [tab] */
export async function menuClicked(info, tab) {
  const handle = People.handleFromHref(info.linkUrl ?? "");
  if (info.menuItemId === MENU && handle) await openPanel(tab, `?q=${encodeURIComponent(`@${handle}`)}`);
}

/**
 * Opens the side panel where there is one, else the same page in a tab. @param {chrome.tabs.Tab} [tab] @param {string}
 * [query]
 */
export async function openPanel(tab, query = "") {
  const { sidebarAction } = /** @type {{sidebarAction?: {open: () => Promise<void>}}} */ (
    /** @type {unknown} */ (chrome)
  );
  if (sidebarAction && !query) return sidebarAction.open(); // Firefox: asked in the very turn of the user's act
  if (chrome.sidePanel && tab?.windowId !== undefined && !query) {
    return chrome.sidePanel.open({ windowId: tab.windowId });
  }
  return chrome.tabs.create({ url: chrome.runtime.getURL(`pages/panel.html${query}`) });
}

/** @param {string} text @param {(results: {content: string, description: string}[]) => void} suggest */
export async function suggestPeople(text, suggest) {
  const { people } = await searchFind({ viewer: await lastViewer(), q: text, limit: 5 });
  suggest(
    people.map((person) => ({
      content: `@${person.handle}`,
      description: escapeXml(`@${person.handle} ${person.name ?? ""} ${person.tags.join(", ")}`),
    })),
  );
}

/** Escapes text for the omnibox, which parses XML. @param {string} text @returns {string} */
function escapeXml(text) {
  return text.replace(/[<>&'"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** @param {string} text */
export async function openPerson(text) {
  const handle = People.withoutAt(text);
  if (People.isHandle(handle)) await chrome.tabs.update({ url: `https://x.com/${handle}` });
  else await openPanel(undefined, `?q=${encodeURIComponent(text)}`);
}
