// Form for the user's own topics, one per line, which vetting compares with bios and posts.

/** @param {(id: string, words: string, good: boolean) => void} say */
export async function bindTopics(say) {
  const box = /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (Dom.$(document, "#topics")));
  const showError = (/** @type {unknown} */ error) => say("topics-saved", /** @type {Error} */ (error).message, false);
  Dom.$(document, "#topics-form").addEventListener("submit", (event) => {
    event.preventDefault();
    Protocol.send("vet.topics", { topics: box.value.split("\n") }).then(({ topics }) => {
      box.value = topics.join("\n");
      say("topics-saved", Dom.t("optionsTopicsSaved", String(topics.length)), true);
    }, showError);
  });
  const stored = await Protocol.send("vet.topics", { topics: null }).catch(() => null); // the link's state says why
  if (stored) box.value = stored.topics.join("\n");
}
