// Migrates the extension's storage to this version step by step after a backup; refuses data of a newer version.

const KEY = "schema";

/** Numbered steps; each takes everything that is kept and returns what to write. None is needed since the first. */
export const STEPS = /** @type {((all: Record<string, unknown>) => Record<string, unknown>)[]} */ ([]);

/** @returns {Promise<void>} rejected where a newer Mutuals wrote the data: nothing is touched then */
export async function migrate(steps = STEPS) {
  const stored = (await chrome.storage.local.get(KEY))[KEY];
  const newest = steps.length + 1;
  const now = typeof stored === "number" ? stored : newest;
  if (now > newest) throw new Error(Dom.t("newerData"));
  if (now < newest) {
    await chrome.storage.local.set({ [`before-${newest}`]: JSON.stringify(await chrome.storage.local.get(null)) });
  }
  for (let number = now; number < newest; number += 1) {
    const change = steps[number - 1](await chrome.storage.local.get(null));
    // one set: a kill leaves the step done or not done
    await chrome.storage.local.set({ ...change, [KEY]: number + 1 });
  }
  if (stored !== newest && now === newest) await chrome.storage.local.set({ [KEY]: newest });
}
