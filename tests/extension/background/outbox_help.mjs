// Paired browsers, stand-in companions and left drafts for the tests of the outbox.
import { Browser, note } from "./browser.mjs";

/** A browser paired with a companion that keeps what it is sent. */
export async function paired() {
  const browser = await new Browser().wake();
  const kept = [];
  browser.companion.answers["/v1/writes"] = (body) => {
    kept.push(body);
    return [200, { rev: kept.length, at: body.at, repeated: false, pid: "2000001" }];
  };
  await browser.pair();
  return { browser, kept };
}

/** The people of the next change event. */
export const touched = (browser) =>
  new Promise((resolve) => {
    browser.storage.listeners.push((changes) => { if (changes.touched) resolve(changes.touched.newValue.people); });
  });

/** A companion that minds revisions as the real one does: a write on another than the stored one is a conflict. */
export async function minding() {
  const { browser, kept } = await paired();
  const notes = {};
  browser.notes = notes;
  browser.companion.answers["/v1/writes"] = ({ op, person, body, base, at }) => {
    const stored = notes[person.handle];
    const repeated = kept.find((write) => write.op === op);
    if (repeated) return [200, { rev: repeated.rev, at, repeated: true, pid: person.id }];
    if (stored && stored.rev !== base) {
      return [409, { error: "conflict", message: "changed", stored: { ...stored, at } }];
    }
    notes[person.handle] = { text: body.text, rev: (stored?.rev ?? 0) + 1 };
    kept.push({ op, rev: notes[person.handle].rev, text: body.text });
    return [200, { rev: notes[person.handle].rev, at, repeated: false, pid: person.id }];
  };
  return { browser, kept, notes };
}

/** What a card leaves in the storage before it asks anybody to send it. */
export async function leaveDraft(browser, text, more = {}) {
  const { op, at, ...change } = { ...note(text), ...more };
  await browser.chrome.storage.local.set({ [`outbox:${String(at).padStart(15, "0")}:${op}`]: { op, at, ...change } });
}
