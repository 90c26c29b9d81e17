// HTTP client of the companion: one POST per call, responses checked, failures as named errors. Nothing else fetches.
import { dropPairing, keepPairing, pairing } from "./token.js";

const API = 1;
const TIMEOUT_MS = 5000;
const HOST = "http://127.0.0.1";

/**
 * @typedef {"host" | "origin" | "method" | "content-type" | "length" | "pairing" | "unpaired" | "token" | "version" |
 *   "body"} GateCode
 */

/** What the companion's own code for a refusal means for the link as a whole. */
const STATES = /** @type {Record<string, LinkState>} */ ({
  unpaired: "unpaired",
  token: "unpaired",
  version: "version",
  origin: "unpaired",
});

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

/**
 * @param {string} path
 * @param {object} body
 * @param {string | null} token
 * @param {number} timeout
 * @returns {Promise<Response>}
 */
async function post(path, body, token, timeout) {
  const { port } = await Store.options();
  const headers = /** @type {Record<string, string>} */ ({
    "Content-Type": "application/json",
    "X-Mutuals-Api": String(API),
  });
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    return await fetch(`${HOST}:${port}${path}`, {
      method: "POST", headers, body: JSON.stringify(body), credentials: "omit", redirect: "error", cache: "no-store",
      referrerPolicy: "no-referrer", signal: AbortSignal.timeout(timeout),
    });
  } catch {
    const state = (await hasPermission()) ? "unreachable" : "permission";
    throw new CompanionError(state, Dom.t(`link_${state}`, String(port)), state, 0);
  }
}

/** @param {Response} response @returns {Promise<any>} the answer, if it is our companion's and a success */
async function answer(response) {
  if (response.headers.get("X-Mutuals-Api") === null) {
    throw new CompanionError("foreign", Dom.t("link_foreign"), "foreign", response.status);
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const code = typeof body.error === "string" ? body.error : "error";
  const state = STATES[code] ?? null;
  throw new CompanionError(
    code,
    state ? Dom.t(`link_${state}`) : (body.message ?? Dom.t("link_failed", code)),
    state,
    response.status,
    body,
  );
}

/**
 * Calls the companion as the paired extension.
 * @param {string} path such as /v1/badges @param {object} body @param {{timeout?: number}} [options]
 * @returns {Promise<any>} rejected with a CompanionError
 */
export async function call(path, body, options) {
  const pair = await pairing();
  if (!pair) throw new CompanionError("unpaired", Dom.t("link_unpaired"), "unpaired", 0);
  return answer(await post(path, body, pair.token, options?.timeout ?? TIMEOUT_MS));
}

/** @returns {Promise<string | null>} the data folder that we are paired with */
export async function instance() {
  return (await pairing())?.instance ?? null;
}

/**
 * Exchanges the code that `mutuals pair` prints for a token of our own.
 * @param {string} code @returns {Promise<string>} the data folder's id
 */
export async function pair(code) {
  const browser = navigator.userAgent.includes("Firefox") ? "Firefox" : "Chromium";
  const client = `${browser} extension ${chrome.runtime.getManifest().version}`;
  const body = await answer(
    await post("/v1/pair", { code: code.replace(/[\s-]/g, "").toUpperCase(), client }, null, TIMEOUT_MS),
  );
  if (typeof body.token !== "string" || typeof body.instance !== "string") {
    throw new CompanionError("foreign", Dom.t("link_foreign"), "foreign", 200);
  }
  await keepPairing({ token: body.token, instance: body.instance, port: (await Store.options()).port });
  return body.instance;
}

export async function unpair() {
  await dropPairing();
}
