// Builds the status shown in panel and card: state of the connection, waiting changes and refused changes.
import { queue } from "./outbox.js";
import { unread } from "./sightings.js";
import { link } from "./status.js";

/** @returns {Promise<Status>} */
export async function connectionReport() {
  const { state, message, last_ack } = await link();
  const ops = (await queue()).map(([, op]) => op);
  const parked = ops.filter((op) => op.state === "parked").map((op) => ({
    op: op.op, kind: op.kind, handle: op.person.handle ?? null, reason: op.reason ?? "", at: Math.floor(op.at / 1000),
  }));
  return { state, message, last_ack, waiting: ops.length - parked.length, parked, unread: unread() };
}
