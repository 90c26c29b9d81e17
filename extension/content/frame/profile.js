// The frames that stand in X's profile headers: the card of a person, and the mirror on the user's own profile.
"use strict";

const ProfileFrame = (() => {
  const HEIGHTS = 50; // people whose card's height is remembered
  /** @type {Map<string, number>} last height by purpose and handle: the page then moves once and not twice */
  const heights = new Map();
  /** @type {Map<CardFrame, string>} frame -> its purpose */
  const shown = new Map();

  /** @returns {{host: HTMLElement, frame: CardFrame}} */
  function frame() {
    const parked = SpareFrame.take();
    if (parked) {
      parked.host.setAttribute("data-mutuals", "card");
      return parked;
    }
    const { host, root } = Mark.leaf("card");
    return { host, frame: new CardFrame(root) };
  }

  /**
   * Moves the focus to X's follow button, which only the user presses.
   * @param {CardFrame} from @param {string} id X's numeric id of the person
   */
  function reach(from, id) {
    const buttons = /** @type {HTMLElement[]} */ (Selectors.all(document, "followButton"));
    const button = buttons.find((one) => Selectors.buttonId(one) === id);
    if (button) button.focus();
    else from.send({ unreached: true });
  }

  /**
   * @param {Spot} spot @param {"card" | "mirror"} purpose
   * @returns {{host: HTMLElement, destroy: () => void}}
   */
  function create(spot, purpose) {
    const made = frame();
    const key = `${purpose}:${People.fold(spot.handle)}`;
    made.frame.message = (said) => {
      if (said.height !== undefined) remember(key, said.height);
      if (said.reach) reach(made.frame, said.reach);
      if (said.drawn) SpareFrame.prepare();
    };
    made.frame.grow(heights.get(key) ?? CardFrame.HEIGHT);
    const { id = null, post = null } = spot.about?.() ?? {};
    const person = purpose === "mirror" ? Viewer.now() : { id, handle: spot.handle };
    made.frame.show({ purpose, viewer: Viewer.now(), person, post });
    shown.set(made.frame, purpose);
    return {
      host: made.host,
      destroy: () => {
        shown.delete(made.frame);
        made.frame.destroy();
      },
    };
  }

  /** @param {string} key @param {number} height */
  function remember(key, height) {
    heights.delete(key);
    heights.set(key, height);
    if (heights.size > HEIGHTS) heights.delete([...heights.keys()][0]);
  }

  /**
   * Runs an action of the frame in the page, as its key does.
   * @param {string} act @param {string[]} purposes of the frames that have it @returns {boolean} whether there is one
   */
  function run(act, purposes) {
    const frame = [...shown.keys()].find((one) => purposes.includes(shown.get(one) ?? ""));
    frame?.run(act);
    return Boolean(frame);
  }

  Placement.addForm("card", (spot) => create(spot, "card"));
  Placement.addForm("mirror", (spot) => create(spot, "mirror"));

  return { run, reach };
})();
Object.assign(globalThis, { ProfileFrame });
