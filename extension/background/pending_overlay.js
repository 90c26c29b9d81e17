// Applies changes that still wait in the outbox to a card or badge. Pure functions.
import { stepAfter } from "./pending_step.js";

/** @param {string} handle @param {string | null} id @returns {Card} an empty card */
export function blankCard(handle, id) {
  return {
    id, handle, name: null, score: null, state: "unknown", band: null, alias: null, follows_me: null,
    i_follow: null, you: 0, they: 0, last_in: null, last_out: null, was: null, at: null, note: null, tags: [],
    tags_rev: 0, alias_rev: 0, former: [], recycled: null, relation: {}, trend: [], last: { in: null, out: null },
    seen: { first: null, last: null }, coverage: { inbound_since: null },
    judgement: {
      value: null, state: "unknown", band: null, was: null, confidence: 0, balance: { you: 0, they: 0 },
      reasons: [], sentence: "",
    },
  };
}

/**
 * @type {Record<string, (card: Card, body: any, at: number, op: string) => Partial<Card>>} kind of
 *   write -> what it changes on the card
 */
const EFFECTS = {
  note: (card, body, at) => ({
    note: {
      rev: card.note?.rev ?? 0, versions: (card.note?.versions ?? 0) + 1, viewer: card.note?.viewer ?? null,
      post: body.post ?? card.note?.post ?? null, text: body.text, at,
    },
  }),
  tags: (card, body) => ({
    tags: body.tags.map(
      (/** @type {string} */ name) => card.tags.find((tag) => tag.name === name) ?? { name, colour: null },
    ),
  }),
  alias: (_card, body) => ({ alias: body.alias || null }),
  step: (card, body, at, op) => ({
    next_step: stepAfter(card.next_step ?? null, body, op, new Date(at * 1000).toLocaleDateString("sv-SE")),
  }),
  decision: (_card, body, at) => ({
    decision: body.gone
      ? null
      : { ...body, at, item: body.item ?? "", again: "", sentence: Dom.t(`vetDid_${body.decision}`) },
  }),
};

/**
 * @param {Card} card @param {{op: string, kind: string, body: any, at: number}[]} waiting oldest first
 * @returns {Card}
 */
export function withPending(card, waiting) {
  return waiting.reduce((shown, { op, kind, body, at }) => {
    const effect = Object.hasOwn(EFFECTS, kind) ? EFFECTS[kind](shown, body, Math.floor(at / 1000), op) : {};
    return { ...shown, ...effect, pending: true };
  }, card);
}

/** @param {Card} card @returns {Badge} */
export function badgeOf(card) {
  const { id, handle, name, score, state, band, alias, follows_me, i_follow, you, they, last_in, last_out, was, at } =
    card;
  return {
    id, handle, name, score, state, band, alias, follows_me, i_follow, you, they, last_in, last_out, was, at,
    decision: card.decision?.decision ?? null, note: Boolean(card.note?.text),
    tags: card.tags.slice(0, 3).map((tag) => tag.name),
  };
}
