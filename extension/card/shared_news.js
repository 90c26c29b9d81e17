// Looks every few seconds whether another machine that shares the notebook changed what an open card shows.
"use strict";

class SharedNews {
  static EVERY_MS = 4000;

  /** @param {PersonCard} card */
  constructor(card) {
    this.card = card;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
  }

  /** Begins where the notebook is shared, and ends where it is not. @param {boolean} shared */
  follow(shared) {
    if (!shared) this.end();
    else this.timer ??= setInterval(() => void this.look(), SharedNews.EVERY_MS);
  }

  end() {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** @returns {boolean} whether nobody sees the card, or a look would disturb what is being written */
  isUnwanted() {
    return document.hidden || this.card.editor.isBusy() || this.card.waits;
  }

  /** Shows what changed elsewhere. A companion that is away is asked again the next time. */
  async look() {
    if (!Session.isAlive() || !this.card.node.isConnected) return this.end();
    if (this.isUnwanted()) return;
    const { card } = this;
    const before = JSON.stringify(card.card);
    const ask = card.ask();
    try {
      const answer = await Protocol.send("person.get", { viewer: Session.viewer(), person: card.person() });
      const changed = answer.fresh && JSON.stringify(answer.card) !== before;
      const wanted = changed && this.timer !== undefined && !this.isUnwanted();
      if (wanted && card.isNewer(ask)) await card.show(answer.card, answer.status);
    } catch (error) {
      Log.error("card", error);
    }
  }
}

Object.assign(globalThis, { SharedNews });
