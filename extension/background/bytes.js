// Bytes: text, hex, joining, comparing, and the derivation of keys that wire and pairing share.

/** @param {number} size @returns {Uint8Array<ArrayBuffer>} zeros */
export const bytes = (size) => new Uint8Array(size);

/** @param {number} size @returns {Uint8Array<ArrayBuffer>} */
export const random = (size) => crypto.getRandomValues(bytes(size));

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @param {string} value @returns {Uint8Array<ArrayBuffer>} in UTF-8 */
export const text = (value) => encoder.encode(value);

/** @param {Uint8Array} value @returns {string} */
export const toText = (value) => decoder.decode(value);

/** @param {Uint8Array} value @returns {string} */
export const toHex = (value) => Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {string} value @returns {Uint8Array<ArrayBuffer>} empty where it is no hex */
export function hex(value) {
  if (!/^([0-9a-f]{2})*$/.test(value)) return bytes(0);
  return Uint8Array.from(value.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** @param {...Uint8Array} parts @returns {Uint8Array<ArrayBuffer>} */
export function joined(...parts) {
  const whole = bytes(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} one @param {Uint8Array} other @returns {boolean} compared without stopping early */
export function same(one, other) {
  return one.length === other.length && one.reduce((wrong, byte, at) => wrong | (byte ^ other[at]), 0) === 0;
}

/**
 * Derives 32 bytes for one purpose (HKDF-SHA-256, empty salt).
 * @param {Uint8Array<ArrayBuffer>} secret @param {string} purpose @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function hkdf(secret, purpose) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const info = text(`mutuals/2 ${purpose}`);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: bytes(0), info }, key, 256),
  );
}
