// State machine of the note editor as one pure function: loading, editing, saving, conflicts.
"use strict";

const EditorState = (() => {
  /** @returns {EditorState} */
  function begin() {
    return {
      mode: "loading", stored: "", draft: "", before: "", rev: null, sending: null, due: false, status: "", why: "",
      theirs: null,
    };
  }

  /** @param {string} text @returns {string} with a line break for what slides and Word write for one */
  function plain(text) {
    // eslint-disable-next-line no-control-regex -- these are what is taken out
    return text.replace(/[\v\f\u0085\u2028\u2029]/g, "\n").replace(/[\x00-\x08\x0e-\x1f\x7f-\x9f]/g, "");
  }

  /** @param {EditorState} state @returns {boolean} whether the draft differs from the stored text */
  function isDirty(state) {
    return state.draft !== state.stored;
  }

  /** @param {EditorState} state @param {Partial<EditorState>} change @returns {Step} */
  function stay(state, change) {
    return { state: { ...state, ...change }, send: null };
  }

  /** @param {EditorState} state @param {Partial<EditorState>} [change] @returns {Step} sends the draft if it is new */
  function save(state, change = {}) {
    const next = { ...state, ...change };
    if (next.mode === "loading" || next.mode === "conflict") return { state: next, send: null };
    if (next.sending !== null) return stay(next, { due: next.draft !== next.sending }); // once that one is back
    if (!isDirty(next)) return { state: next, send: null };
    if (!Tables.fits(next.draft, "note")) return stay(next, { mode: "editing", status: "long" }); // never cut
    return {
      state: { ...next, sending: next.draft, due: false, status: "saving", why: "" },
      send: { text: next.draft, base: next.rev, saw: next.stored },
    };
  }

  /**
   * Takes over a loaded note, but never replaces a text being typed; the same text was saved, if not by this box.
   * @param {EditorState} state
   * @param {string} text
   * @param {number | null} rev
   */
  function loaded(state, text, rev) {
    if (state.mode === "loading") return stay(state, { mode: "viewing", stored: text, draft: text, rev });
    if (state.mode === "conflict" || state.sending !== null) return stay(state, {});
    if (isDirty(state) && text !== state.draft) return stay(state, rev === state.rev ? { stored: text } : {});
    const before = text === state.draft ? state.before : text; // else Escape would put the older text over this one
    return stay(state, { stored: text, draft: text, before, rev: rev ?? state.rev });
  }

  /**
   * A text is back. Kept is said of all that is in the box alone: more of it may have been typed since.
   * @param {EditorState} state
   * @param {{text: string, rev: number | null, state: "saved" | "queued"}} result
   * @returns {Step}
   */
  function sent(state, result) {
    const next = {
      ...state,
      stored: result.text,
      rev: result.rev ?? state.rev,
      sending: null,
      status: state.draft === result.text ? result.state : /** @type {const} */ (""),
      why: "",
    };
    return state.due || next.mode !== "editing" ? save(next, { due: false }) : { state: next, send: null };
  }

  /**
   * Says why a text was not saved, unless another has taken its place since: that one is tried, once.
   * @param {EditorState} state @param {string} why @returns {Step}
   */
  function failed(state, why) {
    const next = { ...state, sending: null, due: false, status: /** @type {const} */ ("failed"), why };
    return state.due && state.draft !== state.sending ? save(next) : { state: next, send: null };
  }

  /** @param {EditorState} state @param {string} text the text the user chose @returns {Step} */
  function keep(state, text) {
    if (!Tables.fits(text, "note")) return stay(state, { status: "long" }); // both texts stay to choose from
    const rev = state.theirs?.rev ?? state.rev;
    const stored = state.theirs?.text ?? state.stored;
    return save({ ...state, mode: "viewing", draft: text, stored, rev, theirs: null, sending: null });
  }

  /**
   * @param {EditorState} state @param {EditorEvent} event
   * @returns {Step} the next state, and what to send now, if anything
   */
  function step(state, event) {
    switch (event.type) {
      case "loaded":
        return loaded(state, event.text, event.rev);
      case "edit":
        return stay(state, state.mode === "viewing" ? { mode: "editing", before: state.draft } : {});
      case "type":
        return stay(state, state.mode === "editing" ? { draft: event.text, due: false, status: "" } : {});
      case "pause":
        return save(state);
      case "blur":
      case "leave":
        return save(state, state.mode === "editing" ? { mode: "viewing" } : {});
      case "revert":
        return state.mode === "editing"
          ? save(state, { mode: "viewing", draft: state.before, status: "" })
          : stay(state, {});
      case "sent":
        return sent(state, event);
      case "failed":
        return failed(state, event.why);
      case "conflict":
        return stay(state, {
          mode: "conflict",
          sending: null,
          due: false,
          status: "",
          theirs: { text: event.text, rev: event.rev },
        });
      case "keep":
        return keep(state, event.text);
      default:
        return stay(state, {});
    }
  }

  return { begin, step, isDirty, plain };
})();
Object.assign(globalThis, { EditorState });
