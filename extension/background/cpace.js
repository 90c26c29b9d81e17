// Pairing by a short code: CPace on Curve25519 (draft-irtf-cfrg-cpace, X25519 and SHA-512), the extension's side.
import { bytes, hex, hkdf, joined, same, text, toHex } from "./bytes.js";

const PRIME = 2n ** 255n - 19n;
const A = 486662n; // Curve25519 (RFC 7748): v^2 = u^3 + A u^2 + u
const BLOCK_BYTES = 128; // SHA-512's input block, which the code is padded to
const NAME = text("CPace255");
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; // that of the codes

/**
 * @typedef {{scalar: CryptoKey, share: Uint8Array<ArrayBuffer>}} Start this side's secret number and the share to send
 */

/** @param {string} code as typed @returns {string} in capitals, without blanks and hyphens */
export const normalised = (code) => code.replace(/[\s-]/g, "").toUpperCase();

/** @param {...Uint8Array} values @returns {Uint8Array<ArrayBuffer>} the values, each behind its length (LEB128) */
export function lvCat(...values) {
  return joined(...values.flatMap((value) => [length(value.length), value]));
}

/** @param {number} number @returns {Uint8Array<ArrayBuffer>} */
function length(number) {
  const encoded = [];
  for (; number > 0x7f; number >>= 7) encoded.push((number & 0x7f) | 0x80);
  return Uint8Array.from([...encoded, number]);
}

/** @param {bigint} base @param {bigint} exponent @returns {bigint} */
function power(base, exponent) {
  let result = 1n;
  for (let left = exponent, square = base % PRIME; left > 0n; left >>= 1n, square = (square * square) % PRIME) {
    if (left & 1n) result = (result * square) % PRIME;
  }
  return result;
}

/** @param {bigint} value @returns {bigint} the u-coordinate of a point on the curve (RFC 9380, section 6.7.1, Z = 2) */
export function elligator2(value) {
  const first = ((PRIME - A) * power(1n + 2n * value * value, PRIME - 2n)) % PRIME;
  const square = power(first * (first * first + A * first + 1n), (PRIME - 1n) / 2n);
  return square === PRIME - 1n ? (2n * PRIME - first - A) % PRIME : first;
}

/**
 * @param {Uint8Array} code @param {Uint8Array} channel @param {Uint8Array} [session]
 * @returns {Promise<Uint8Array<ArrayBuffer>>} the point that stands for a code on one channel
 */
export async function generator(code, channel, session = bytes(0)) {
  const padding = bytes(Math.max(0, BLOCK_BYTES - 1 - lvCat(code).length - lvCat(NAME).length));
  const hashed = await sha512(lvCat(NAME, code, padding, channel, session));
  const number = BigInt(`0x${toHex(hashed.slice(0, 32).reverse())}`) & (2n ** 255n - 1n);
  return hex(elligator2(number).toString(16).padStart(64, "0")).reverse();
}

/** @param {Uint8Array<ArrayBuffer>} data @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function sha512(data) {
  return new Uint8Array(await crypto.subtle.digest("SHA-512", data));
}

/**
 * @param {CryptoKey} scalar @param {Uint8Array<ArrayBuffer>} point
 * @returns {Promise<Uint8Array<ArrayBuffer>>} rejected where the point has a small order
 */
async function multiply(scalar, point) {
  const other = await crypto.subtle.importKey("raw", point, { name: "X25519" }, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: other }, scalar, 256));
}

/** @param {string} code as typed @returns {Promise<Uint8Array<ArrayBuffer>>} the value that stands for a code */
export function codeSecret(code) {
  return sha512(text(`mutuals/2 code ${normalised(code)}`));
}

/** @param {string} secret of a window, in hex @returns {Promise<string>} its short name, for the user to compare */
export async function fingerprint(secret) {
  const digest = await sha512(joined(text("mutuals/2 fingerprint "), hex(secret)));
  const letters = [...digest.slice(0, 8)].map((byte) => ALPHABET[byte & 31]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/**
 * Begins an exchange.
 * @param {Uint8Array<ArrayBuffer>} secret what stands for the code @param {string} host @param {string} origin
 * @returns {Promise<Start>}
 */
export async function start(secret, host, origin) {
  const point = await generator(secret, lvCat(text("mutuals/2"), text(host), text(origin)));
  const pair = await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
  const scalar = /** @type {CryptoKeyPair} */ (pair).privateKey;
  return { scalar, share: await multiply(scalar, point) };
}

/**
 * @param {Start} begun @param {Uint8Array<ArrayBuffer>} theirs the companion's share
 * @returns {Promise<Uint8Array<ArrayBuffer>>} the key of the exchange, the same on both sides if the code is
 */
export async function sessionKey({ scalar, share }, theirs) {
  const shared = await multiply(scalar, theirs);
  const none = bytes(0);
  return sha512(
    joined(lvCat(text("CPace255_ISK"), none, shared), lvCat(share, none), lvCat(theirs, none)),
  );
}

/**
 * @param {Uint8Array<ArrayBuffer>} key @param {"companion" | "extension"} side
 * @returns {Promise<Uint8Array<ArrayBuffer>>} that side's proof that it holds the key
 */
export async function confirmation(key, side) {
  const secret = await hkdf(key, "confirm");
  const hmac = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", hmac, text(side)));
}

/**
 * @param {Uint8Array<ArrayBuffer>} key @param {Uint8Array} proof
 * @returns {Promise<boolean>} whether the companion proved that it knows the code
 */
export async function companionProved(key, proof) {
  return same(await confirmation(key, "companion"), proof);
}
