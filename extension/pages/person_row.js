// Renders one person in the panel's list: score ring, name, tags and matching excerpt, linked to the profile.

/** @param {string} tag @returns {HTMLElement} */
function tagChip(tag) {
  return Dom.h("span", { class: "chip private", dir: "auto" }, tag);
}

/** @param {Badge & {where?: string, excerpt?: string}} person @returns {HTMLElement} */
export function personRow(person) {
  const ring = Dom.h("span", { class: "ringbox" });
  ring.append(
    Charts.ring(person.score, 1, 36, 5),
    person.score === null ? Dom.h("b", { "aria-hidden": "true" }, "?") : Dom.h("b", null, String(person.score)),
  );
  const name = person.alias || person.name || `@${person.handle}`;
  const state = Dom.t(
    person.score === null && person.state === "unknown" ? "cardState_unknown" : `cardState_${person.state}`,
  );
  const they = person.they ?? "?"; // what they send could not be seen: unknown, not zero
  const balance = person.you + (person.they ?? 0) > 0 ? Dom.t("balance", [String(person.you), String(they)]) : "";
  return Dom.h(
    "li",
    null,
    Dom.h(
      "a",
      { href: `https://x.com/${encodeURIComponent(person.handle)}`, target: "_blank", rel: "noopener" },
      ring,
      Dom.h(
        "span",
        { class: "who" },
        Dom.h("b", { dir: "auto", class: person.alias ? "private" : null }, name),
        Dom.h("span", { class: "quiet" }, ` @${person.handle}`),
        Dom.h("span", { class: "line" }, [state, balance].filter(Boolean).join(" · ")),
        person.excerpt ? Dom.h("span", { class: "line found private", dir: "auto" }, person.excerpt) : null,
        person.tags.length > 0
          ? Dom.h("span", { class: "line" }, ...person.tags.map(tagChip))
          : null,
      ),
    ),
  );
}
