// Stores the pairing token in the extension's IndexedDB, which content scripts cannot open.

/** @typedef {{token: string, instance: string, port: number}} Pairing */

const NAME = "mutuals";
const STORE = "pairing";
const KEY = "current";

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

/** @returns {Promise<Pairing | null>} */
export async function pairing() {
  return (await within("readonly", (store) => store.get(KEY))) ?? null;
}

/** @param {Pairing} value */
export async function keepPairing(value) {
  await within("readwrite", (store) => store.put(value, KEY));
}

export async function dropPairing() {
  await within("readwrite", (store) => store.delete(KEY));
}
