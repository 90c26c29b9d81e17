// HTTP client of the companion: one sealed POST per call; only a reply that decrypts counts. Nothing else fetches.
import { hex, hkdf, toHex } from "./bytes.js";
import { codeSecret, companionProved, confirmation, normalised, sessionKey, start } from "./cpace.js";
import { consented } from "./consent.js";
import { dropPairing, eraseToken, keepPairing, pairing } from "./pairing_store.js";
import { answerKey, keysOf, open, seal, unseal } from "./wire.js";

const TIMEOUT_MS = 5000;
const HOST = "http://127.0.0.1";
const CODE = /^[2-9A-HJ-NP-Z]{10}$/;

/**
 * What a refusal means that carries no seal, because the gate refuses before it knows who asks. Anybody who has the
 * port can send it, so it may change the line that says how the link stands, and nothing else.
 */
const UNSEALED = /** @type {Record<string, LinkState>} */ ({
  unpaired: "unpaired",
  proof: "unpaired",
  version: "version",
});
const UNSEALED_STATUSES = [401, 426];

/** A call that failed: `state` is set where the link itself is at fault, `code` is the companion's word for it. */
export class CompanionError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {LinkState | null} state
   * @param {number} status
   * @param {Record<string, unknown>} [details]
   */
  constructor(code, message, state, status, details) {
    super(message);
    this.name = "CompanionError";
    this.code = code;
    this.state = state;
    this.status = status;
    this.details = details;
  }
}

/** @returns {Promise<boolean>} whether the browser still grants access to 127.0.0.1 */
async function hasPermission() {
  return chrome.permissions.contains({ origins: [`${HOST}/*`] });
}

/** @returns {Promise<{port: number, host: string, origin: string}>} the address and the names that both sides prove */
async function here() {
  const { port } = await Store.options();
  return { port, host: `127.0.0.1:${port}`, origin: chrome.runtime.getURL("").replace(/\/$/, "") };
}

/**
 * @param {string} path @param {Record<string, string>} headers @param {BodyInit} body @param {number} timeout
 * @returns {Promise<Response>}
 */
async function post(path, headers, body, timeout) {
  const { port } = await here();
  try {
    return await fetch(`${HOST}:${port}${path}`, {
      method: "POST", headers, body, credentials: "omit", redirect: "error", cache: "no-store",
      referrerPolicy: "no-referrer", signal: AbortSignal.timeout(timeout),
    });
  } catch {
    throw await unreachable(port);
  }
}

/** @param {number} port @returns {Promise<CompanionError>} */
async function unreachable(port) {
  const state = (await hasPermission()) ? "unreachable" : "permission";
  return new CompanionError(state, Dom.t(`link_${state}`, String(port)), state, 0);
}

/** @param {number} status @returns {CompanionError} what nobody proved to be the companion's */
function foreign(status) {
  return new CompanionError("foreign", Dom.t("link_foreign"), "foreign", status);
}

/** @param {Response} response @param {ArrayBuffer} bytes @returns {CompanionError} for an answer without a seal */
function unsealed({ status, headers }, bytes) {
  const older = headers.get("X-Mutuals-Api") === "1"; // the companion of version 0.1, which sealed nothing
  if (older) return new CompanionError("version", Dom.t("link_version"), "version", status);
  const code = UNSEALED_STATUSES.includes(status) ? String(parsed(new TextDecoder().decode(bytes)).error) : "";
  const state = Object.hasOwn(UNSEALED, code) ? UNSEALED[code] : null;
  return state ? new CompanionError(code, Dom.t(`link_${state}`), state, status) : foreign(status);
}

/** @param {string} json @returns {any} an empty object where it cannot be read */
function parsed(json) {
  try {
    return JSON.parse(json) ?? {};
  } catch {
    return {};
  }
}

/** @param {number} status @param {string} plain an opened answer @returns {any} the answer, if it is a success */
function answer(status, plain) {
  const body = parsed(plain);
  if (status >= 200 && status < 300) return body;
  const code = typeof body.error === "string" ? body.error : "error";
  throw new CompanionError(code, body.message ?? Dom.t("link_failed", code), null, status, body);
}

/**
 * Calls the companion as the paired extension.
 * @param {string} path such as /v1/badges @param {object} body @param {{timeout?: number}} [options]
 * @returns {Promise<any>} rejected with a CompanionError
 */
export async function call(path, body, options) {
  const pair = await pairing();
  if (!pair) throw new CompanionError("unpaired", Dom.t("link_unpaired"), "unpaired", 0);
  if (!(await consented())) throw new CompanionError("consent", Dom.t("link_consent"), "consent", 0);
  const { keys } = pair;
  const sealed = await seal(keys, { method: "POST", path, ...(await here()) }, JSON.stringify(body));
  const headers = { ...sealed.headers, "Accept-Language": Dom.language() };
  const response = await post(path, headers, sealed.body, options?.timeout ?? TIMEOUT_MS);
  const bytes = await received(response);
  const plain = await open(keys, sealed.nonce, response.status, bytes);
  if (plain === null) throw unsealed(response, bytes);
  await eraseToken(pair);
  return answer(response.status, plain);
}

/** @param {Response} response @returns {Promise<ArrayBuffer>} */
async function received(response) {
  try {
    return await response.arrayBuffer();
  } catch {
    throw await unreachable((await here()).port); // it ended, or took too long, in the middle of the answer
  }
}

/** @returns {Promise<string | null>} the data folder that we are paired with */
export async function instance() {
  return (await pairing())?.instance ?? null;
}

/**
 * One step of pairing, unsealed.
 * @param {string} path @param {object} body @returns {Promise<Record<string, string>>}
 */
async function step(path, body) {
  const response = await post(path, { "Content-Type": "application/json" }, JSON.stringify(body), TIMEOUT_MS);
  const reply = parsed(new TextDecoder().decode(await received(response)));
  if (response.ok) return reply;
  throw reply.error === "pairing" ? wrongCode() : unsealed(response, new ArrayBuffer(0));
}

/** @returns {CompanionError} */
function wrongCode() {
  return new CompanionError("pairing", Dom.t("optionsCodeWrong"), null, 403);
}

/** @param {string} code as typed @returns {Promise<string>} the data folder's id */
export async function pair(code) {
  if (!CODE.test(normalised(code))) throw wrongCode();
  return pairBySecret(await codeSecret(code));
}

/**
 * Agrees on a key with the companion that opened the window. Neither secret nor key is sent, and nothing more is sent
 * once the other end turns out not to know the secret.
 * @param {Uint8Array<ArrayBuffer>} secret what stands for the window's code @returns {Promise<string>} the data
 *   folder's id
 */
export async function pairBySecret(secret) {
  const { host, origin, port } = await here();
  const begun = await start(secret, host, origin);
  const offer = await step("/v1/pair", { share: toHex(begun.share) });
  const key = await sessionKey(begun, hex(String(offer.share))).catch(() => null);
  if (!key || !(await companionProved(key, hex(String(offer.proof))))) throw wrongCode();
  const browser = navigator.userAgent.includes("Firefox") ? "Firefox" : "Chromium";
  const client = `${browser} extension ${chrome.runtime.getManifest().version}`;
  const proof = toHex(await confirmation(key, "extension"));
  const last = await step("/v1/pair/confirm", { ticket: offer.ticket, proof, client });
  const plain = await unseal(await answerKey(await hkdf(key, "reply")), hex(String(last.sealed)).buffer, "paired");
  if (plain === null) throw foreign(200);
  const { instance: folder } = JSON.parse(plain);
  await keepPairing({ keys: await keysOf(await hkdf(key, "secret")), instance: folder, port });
  return folder;
}

export async function unpair() {
  await dropPairing();
}
