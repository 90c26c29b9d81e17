// A stand-in for the companion on the sealed wire, written from docs/api.md with node's own crypto.
import { createHash, createHmac, createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { confirmation, generator, lvCat } from "../../../extension/background/cpace.js";

const HOST = "127.0.0.1:17653";
const ORIGIN = "chrome-extension://ours";
export const CODE = "ABCDE-23456";

/** @returns {Buffer} 32 bytes for one purpose */
export const derived = (secret, purpose) => Buffer.from(hkdfSync("sha256", secret, "", `mutuals/2 ${purpose}`, 32));

/** AES-256-GCM with the initialisation vector in front and the tag behind. */
export function sealed(key, plain, boundTo) {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(boundTo));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function opened(key, data, boundTo) {
  const decipher = createDecipheriv("aes-256-gcm", key, data.subarray(0, 12)).setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(data.subarray(-16));
  return Buffer.concat([decipher.update(data.subarray(12, -16)), decipher.final()]);
}

/** The companion as the background sees it: answers from a table, or is away. */
export class FakeCompanion {
  constructor() {
    this.away = false;
    this.calls = [];
    this.code = CODE;
    this.instance = "house-1";
    /** The pairing's secret; a companion that was started anew on its data still has it. */
    this.secret = null;
    this.answers = {};
    this.clock = Date.now;
    this.nonces = new Set();
  }

  async fetch(url, init) {
    await null;
    if (this.away) throw new TypeError("Failed to fetch");
    const { pathname: path, host } = new URL(url);
    this.host = host;
    if (path.startsWith("/v1/pair")) return this.#pairing(path, JSON.parse(init.body), init.headers);
    const headers = init.headers;
    const data = Buffer.from(init.body);
    const listed = ["POST", path, host, ORIGIN, headers["X-Mutuals-Client"], headers["X-Mutuals-Time"],
      headers["X-Mutuals-Nonce"], data.length].join("\n");
    const proof = createHmac("sha256", derived(this.secret ?? "", "head")).update(listed).digest("hex");
    const nonce = headers["X-Mutuals-Nonce"];
    const fresh = Math.abs(this.clock() - Number(headers["X-Mutuals-Time"])) < 60_000 && !this.nonces.has(nonce);
    if (!this.secret || !fresh || proof !== headers["X-Mutuals-Proof"]) return json(401, { error: "proof" });
    this.nonces.add(nonce);
    const body = JSON.parse(opened(derived(this.secret, "up"), data, listed));
    this.calls.push({ path, body, headers });
    const [status, answer, unsealed] = this.answers[path]?.(body) ?? [404, { error: "unknown", message: "no" }];
    if (unsealed) return json(status, answer, unsealed);
    const reply = sealed(derived(this.secret, "down"), JSON.stringify(answer), `${nonce}\n${status}`);
    return new Response(reply, { status, headers: { "Content-Type": "application/octet-stream" } });
  }

  /** The companion's side of CPace; the curve is the extension's own code, which fixed vectors hold to the draft. */
  async #pairing(path, body, headers) {
    this.calls.push({ path, body, headers });
    if (path === "/v1/pair") {
      const secret = createHash("sha512").update(`mutuals/2 code ${this.code.replace("-", "")}`).digest();
      const text = (value) => new TextEncoder().encode(value);
      const point = await generator(secret, lvCat(text("mutuals/2"), text(this.host ?? HOST), text(ORIGIN)));
      const { privateKey: scalar } = await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
      const share = await multiplied(scalar, point);
      const theirs = Uint8Array.from(Buffer.from(body.share, "hex"));
      this.key = await responderKey(scalar, theirs, share);
      const proof = Buffer.from(await confirmation(this.key, "companion")).toString("hex");
      return json(200, { share: Buffer.from(share).toString("hex"), proof, ticket: "00" });
    }
    const wanted = Buffer.from(await confirmation(this.key, "extension")).toString("hex");
    if (body.proof !== wanted) return json(403, { error: "pairing" });
    this.secret = derived(this.key, "secret");
    const told = sealed(derived(this.key, "reply"), JSON.stringify({ instance: this.instance, api: 2 }), "paired");
    return json(200, { sealed: told.toString("hex") });
  }

  paths() {
    return this.calls.map((call) => call.path);
  }
}

/** The session key as the responder has it: the transcript begins with the other side's share. */
async function responderKey(scalar, theirs, share) {
  const shared = await multiplied(scalar, theirs);
  const none = new Uint8Array(0);
  const transcript = [lvCat(Buffer.from("CPace255_ISK"), none, shared), lvCat(theirs, none), lvCat(share, none)];
  return Uint8Array.from(createHash("sha512").update(Buffer.concat(transcript)).digest());
}

async function multiplied(scalar, point) {
  const other = await crypto.subtle.importKey("raw", point, { name: "X25519" }, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: other }, scalar, 256));
}

const json = (status, body, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
