// Saves the note of a person's page a second after the last letter, and when the field is left; nothing before a key.
"use strict";

(() => {
  const PAUSE = 1000;
  /**
   * @param {HTMLTextAreaElement} area @param {HTMLFormElement} form @param {HTMLElement} said
   * @param {HTMLInputElement} base @param {HTMLButtonElement} button
   */
  function start(area, form, said, base, button) {
    area.value = area.defaultValue; // a browser that brings its tabs back puts an older text in
    button.hidden = true;
    let saved = area.value;
    let busy = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;

    /** @param {"saving" | "saved" | "failed"} state */
    function say(state) {
      const clock = { hour: /** @type {const} */ ("2-digit"), minute: /** @type {const} */ ("2-digit") };
      const time = state === "saved" ? ` ${new Date().toLocaleTimeString(document.documentElement.lang, clock)}` : "";
      said.textContent = `${said.dataset[state] ?? ""}${time}`;
      said.classList.toggle("over", state === "failed");
      button.hidden = state !== "failed"; // it sends the form as it is, and the text with it
    }

    async function save() {
      clearTimeout(timer);
      if (busy || area.value === saved) return;
      busy = true;
      const text = area.value;
      say("saving");
      try {
        const body = new FormData(form);
        const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
        if (answer.status === 409) return form.submit(); // the page that shows both texts
        if (!answer.ok) throw new Error(String(answer.status));
        base.value = String((await answer.json()).rev);
        saved = text;
        say("saved");
      } catch {
        say("failed");
      } finally {
        busy = false;
      }
      if (area.value !== text) later();
    }

    function later() {
      clearTimeout(timer);
      timer = setTimeout(() => void save(), PAUSE);
    }

    area.addEventListener("input", later);
    area.addEventListener("blur", () => void save());
  }

  const area = document.getElementById("note");
  const form = area?.closest("form");
  const said = document.querySelector("[data-note-state]");
  const base = form?.querySelector("[name=base]");
  const button = form?.querySelector("button");
  if (area instanceof HTMLTextAreaElement && said instanceof HTMLElement && base instanceof HTMLInputElement) {
    if (form && button) start(area, form, said, base, button);
  }
})();
