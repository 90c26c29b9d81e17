// Stores the state of the connection and the last acknowledged write; tells a listener when the state changes.

/** @typedef {{state: LinkState, message: string, last_ack: {at: number, op: string} | null}} Link */

const KEY = "link";
/** @type {(link: Link) => void} */
let changed = () => {};

/** @returns {Promise<Link>} */
export async function link() {
  const stored = /** @type {Link | undefined} */ ((await chrome.storage.local.get(KEY))[KEY]);
  return stored ?? { state: "unpaired", message: Dom.t("link_unpaired"), last_ack: null };
}

/** @param {Partial<Link>} change */
export async function setLink(change) {
  const before = await link();
  const after = { ...before, ...change };
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await chrome.storage.local.set({ [KEY]: after });
  if (before.state !== after.state) changed(after);
}

/** Records that the companion responded. */
export async function answered() {
  await setLink({ state: "connected", message: "" });
}

/** @param {string} op @param {number} at seconds */
export async function acknowledged(op, at) {
  await setLink({ state: "connected", message: "", last_ack: { at, op } });
}

/** Records a failed call where the connection itself is at fault. @param {unknown} error */
export async function failed(error) {
  const { state, message } = /** @type {{state?: LinkState | null, message: string}} */ (error);
  if (state) await setLink({ state, message });
}

/** @param {(link: Link) => void} listener called on transitions only */
export function onTransition(listener) {
  changed = listener;
}
