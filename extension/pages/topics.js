// The user's own topics, one a line, kept by the companion: what vetting compares a bio and posts with.

/** @param {(id: string, words: string, good: boolean) => void} say */
export async function bindTopics(say) {
  const box = /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (Dom.$(document, "#topics")));
  const told = (/** @type {unknown} */ error) => say("topics-saved", /** @type {Error} */ (error).message, false);
  Dom.$(document, "#topics-form").addEventListener("submit", (event) => {
    event.preventDefault();
    Protocol.send("vet.topics", { topics: box.value.split("\n") }).then(({ topics }) => {
      box.value = topics.join("\n");
      say("topics-saved", Dom.t("optionsTopicsSaved", String(topics.length)), true);
    }, told);
  });
  const kept = await Protocol.send("vet.topics", { topics: null }).catch(() => null); // the link's state says why
  if (kept) box.value = kept.topics.join("\n");
}
