// The sealed wire: proves each request and encrypts bodies and answers with keys that no script can read out.
import { hkdf, joined, random, text, toHex, toText } from "./bytes.js";

export const API = 2;
const IV_BYTES = 12;
const SEAL_BYTES = IV_BYTES + 16;

/**
 * @typedef {object} Keys the keys of one pairing, none of them extractable
 * @property {string} client its id @property {CryptoKey} head proves requests @property {CryptoKey} up seals bodies
 * @property {CryptoKey} down opens answers
 */

/** @typedef {{headers: Record<string, string>, body: Uint8Array<ArrayBuffer>, nonce: string}} Sealed */

/** @param {Uint8Array<ArrayBuffer>} secret of the pairing @returns {Promise<Keys>} */
export async function keysOf(secret) {
  const purposes = ["client", "head", "up", "down"];
  const [client, head, up, down] = await Promise.all(purposes.map((name) => hkdf(secret, name)));
  const { subtle } = crypto;
  return {
    client: toHex(client).slice(0, 16),
    head: await subtle.importKey("raw", head, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
    up: await subtle.importKey("raw", up, "AES-GCM", false, ["encrypt"]),
    down: await subtle.importKey("raw", down, "AES-GCM", false, ["decrypt"]),
  };
}

/**
 * The secret of a pairing made before this wire: both sides can form the SHA-256 of its token.
 * @param {string} token @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function secretOfToken(token) {
  return hkdf(new Uint8Array(await crypto.subtle.digest("SHA-256", text(token))), "token");
}

/**
 * @param {Keys} keys @param {{method: string, path: string, host: string, origin: string}} to
 * @param {string} plain @returns {Promise<Sealed>} what to send
 */
export async function seal(keys, to, plain) {
  const body = text(plain);
  const nonce = toHex(random(16));
  const time = String(Date.now());
  const listed = text(
    [to.method, to.path, to.host, to.origin, keys.client, time, nonce, body.length + SEAL_BYTES].join("\n"),
  );
  const iv = random(IV_BYTES);
  const [proof, sealed] = await Promise.all([
    crypto.subtle.sign("HMAC", keys.head, listed),
    crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: listed }, keys.up, body),
  ]);
  const headers = {
    "Content-Type": "application/octet-stream",
    "X-Mutuals-Api": String(API),
    "X-Mutuals-Client": keys.client,
    "X-Mutuals-Time": time,
    "X-Mutuals-Nonce": nonce,
    "X-Mutuals-Proof": toHex(new Uint8Array(proof)),
  };
  return { headers, body: joined(iv, new Uint8Array(sealed)), nonce };
}

/**
 * @param {CryptoKey} key @param {ArrayBuffer} sealed @param {string} boundTo
 * @returns {Promise<string | null>} what it holds, or null if it was not sealed with this key for this purpose
 */
export async function unseal(key, sealed, boundTo) {
  const algorithm = { name: "AES-GCM", iv: new Uint8Array(sealed.slice(0, IV_BYTES)), additionalData: text(boundTo) };
  try {
    return toText(new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.slice(IV_BYTES))));
  } catch {
    return null;
  }
}

/**
 * @param {Keys} keys @param {string} nonce of the request @param {number} status @param {ArrayBuffer} sealed
 * @returns {Promise<string | null>} the answer in clear, or null where it is not the companion's answer to this request
 */
export async function open(keys, nonce, status, sealed) {
  return unseal(keys.down, sealed, `${nonce}\n${status}`);
}

/** @param {Uint8Array<ArrayBuffer>} secret 32 bytes @returns {Promise<CryptoKey>} a key that opens one answer */
export async function answerKey(secret) {
  return crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["decrypt"]);
}
