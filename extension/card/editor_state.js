// The note editor's states as one pure function: what was loaded, what is typed, what is on its way, what came back.
"use strict";

const EditorState = (() => {
  const LIMIT = 10_000;

  /** @returns {EditorState} */
  function begin() {
    return {
      mode: "loading", stored: "", draft: "", before: "", rev: null, sending: null, said: "", why: "", theirs: null,
    };
  }

  /** @param {EditorState} state @returns {boolean} whether the box holds something not yet kept */
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
    if (!isDirty(next) || next.sending !== null) return { state: next, send: null };
    return {
      state: { ...next, sending: next.draft, said: "saving", why: "" },
      send: { text: next.draft, base: next.rev, saw: next.stored },
    };
  }

  /**
   * A newer copy from elsewhere never replaces what is being typed.
   * @param {EditorState} state
   * @param {string} text
   * @param {number | null} rev
   */
  function loaded(state, text, rev) {
    if (state.mode === "loading") return stay(state, { mode: "viewing", stored: text, draft: text, rev });
    if (state.mode === "conflict" || state.sending !== null) return stay(state, {});
    if (isDirty(state)) return stay(state, rev === state.rev ? { stored: text } : {});
    return stay(state, { stored: text, draft: text, rev: rev ?? state.rev });
  }

  /**
   * @param {EditorState} state
   * @param {{text: string, rev: number | null, state: "saved" | "queued"}} got
   * @returns {Step}
   */
  function sent(state, got) {
    const next = { ...state, stored: got.text, rev: got.rev ?? state.rev, sending: null, said: got.state, why: "" };
    return isDirty(next) && next.mode !== "editing" ? save(next) : { state: next, send: null };
  }

  /** @param {EditorState} state @param {string} text the text the user chose @returns {Step} */
  function keep(state, text) {
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
        return stay(state, state.mode === "editing" ? { draft: event.text.slice(0, LIMIT), said: "" } : {});
      case "pause":
        return save(state);
      case "blur":
      case "leave":
        return save(state, state.mode === "editing" ? { mode: "viewing" } : {});
      case "revert":
        return state.mode === "editing"
          ? save(state, { mode: "viewing", draft: state.before, said: "" })
          : stay(state, {});
      case "sent":
        return sent(state, event);
      case "failed":
        return stay(state, { sending: null, said: "failed", why: event.why });
      case "conflict":
        return stay(state, { mode: "conflict", sending: null, said: "", theirs: { text: event.text, rev: event.rev } });
      case "keep":
        return keep(state, event.text);
      default:
        return stay(state, {});
    }
  }

  return { LIMIT, begin, step, isDirty };
})();
Object.assign(globalThis, { EditorState });
