// One person in the panel's list: ring, name, handle, tags, and the words that were found; a link to the profile.

/** @param {Badge & {where?: string, excerpt?: string}} person @returns {HTMLElement} */
export function personRow(person) {
  const ring = Dom.h("span", { class: "ringbox", "aria-hidden": "true" });
  ring.append(Shapes.ring(person.score, 1, 28, 6));
  const name = person.alias || person.name || `@${person.handle}`;
  const state = Dom.t(person.score === null && person.state === "unknown" ? "cardState_unknown" : `cardState_${person.state}`);
  return Dom.h("li", null, Dom.h("a", { href: `https://x.com/${encodeURIComponent(person.handle)}`, target: "_blank", rel: "noopener" },
    ring,
    Dom.h("span", { class: "who" },
      Dom.h("b", { dir: "auto" }, name), Dom.h("span", { class: "quiet" }, ` @${person.handle}`),
      Dom.h("span", { class: "line" }, [person.score, state].filter((part) => part !== null && part !== "").join(" · ")),
      person.excerpt ? Dom.h("span", { class: "line found", dir: "auto" }, person.excerpt) : null,
      person.tags.length > 0 ? Dom.h("span", { class: "line" }, ...person.tags.map((tag) => Dom.h("span", { class: "chip" }, tag))) : null)));
}
