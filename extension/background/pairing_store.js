// Keeps the pairing's keys in the extension's own IndexedDB, which content scripts cannot open and no export carries.
import { keysOf, secretOfToken } from "./wire.js";

/**
 * @typedef {{keys: import("./wire.js").Keys, instance: string, port: number, token?: string}} Pairing `token` stays of
 * a pairing made by an earlier version until the companion has answered under the keys that replace it
 */

const NAME = "mutuals";
const STORE = "pairing";
const KEY = "current";
/** @type {Promise<Pairing | null> | null} */
let current = null;

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} work @returns {Promise<T>}
 */
async function within(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @returns {Promise<Pairing | null>} read once in the life of this background */
export function pairing() {
  current ??= load().catch((error) => {
    current = null;
    throw error;
  });
  return current;
}

/** @returns {Promise<Pairing | null>} */
async function load() {
  const stored = await within("readonly", (store) => store.get(KEY));
  if (!stored) return null;
  return stored.keys ? stored : { ...stored, keys: await keysOf(await secretOfToken(stored.token)) };
}

/** @param {Pairing} value */
export async function keepPairing(value) {
  await within("readwrite", (store) => store.put(value, KEY));
  current = Promise.resolve(value);
}

export async function dropPairing() {
  await within("readwrite", (store) => store.delete(KEY));
  current = null;
}

/** Erases the token of an earlier version: the companion answered under the keys. @param {Pairing} value */
export async function eraseToken({ token, ...kept }) {
  if (token !== undefined && (await pairing())?.token === token) await keepPairing(kept);
}
