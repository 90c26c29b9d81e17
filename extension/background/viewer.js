// Remembers which X account was last active, for the panel and the omnibox, which see no page of X.

const KEY = "viewer";

/** @param {ViewerKey | undefined} viewer */
export async function noteViewer(viewer) {
  if (!viewer?.id && !viewer?.handle) return;
  const before = await lastViewer();
  if (before?.id !== viewer.id || before?.handle !== viewer.handle) {
    await chrome.storage.local.set({ [KEY]: { id: viewer.id ?? null, handle: viewer.handle ?? null } });
  }
}

/** @returns {Promise<ViewerKey | null>} */
export async function lastViewer() {
  return /** @type {ViewerKey | undefined} */ ((await chrome.storage.local.get(KEY))[KEY]) ?? null;
}
