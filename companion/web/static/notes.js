// Script of the page that imports notes of other tools: uploads the chosen file and opens the preview of its changes.
import { wordsOf } from "./words.js";

const home = /** @type {HTMLElement} */ (document.getElementById("notes"));
const tell = wordsOf(home);
const input = /** @type {HTMLInputElement | null} */ (document.getElementById("file"));
const drop = /** @type {HTMLElement | null} */ (home.querySelector(".drop"));

/** @param {string} words */
function say(words) {
  const wrong = document.getElementById("wrong");
  if (wrong) wrong.textContent = words;
}

/** @param {File} file */
async function look(file) {
  say("");
  const query = new URLSearchParams({ name: file.name, viewer: home.dataset.viewer ?? "" });
  if (file.size > Number(home.dataset.most)) {
    say(tell("{file} is larger than 4 MB. Take it in with: mutuals import notes FILE", { file: file.name }));
    return;
  }
  const headers = {
    "Accept": "application/json",
    "X-Mutuals-Form": home.dataset.token ?? "",
    "Content-Type": "application/octet-stream",
  };
  try {
    const answer = await fetch(`${home.dataset.call}?${query}`, { method: "POST", headers, body: file });
    /** @type {{ address?: string, message?: string }} */
    const reply = await answer.json();
    if (answer.ok && reply.address) location.assign(reply.address);
    else say(reply.message ?? tell("The companion could not look at this file."));
  } catch {
    say(tell("The companion does not answer. Start it, load this page again, and choose the file once more."));
  }
}

/** @param {FileList | null | undefined} files */
function chosen(files) {
  const file = files?.[0];
  if (file) void look(file);
}

input?.addEventListener("change", () => {
  chosen(input.files);
  input.value = ""; // the same file may be chosen again
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  drop?.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (event instanceof DragEvent && kind === "drop") chosen(event.dataTransfer?.files);
  });
}
