// Opens a page of X with the features that place marks, and reads the marks on it.
import { openPage } from "../../page.mjs";
import { badge } from "../../x_page.mjs";

const KNOWN = {
  wrenwrites: badge(),
  inesmakes: badge({ id: "2000002", handle: "inesmakes", name: "Ines Duarte", tags: [], state: "close", score: 83 }),
  bolaprints: badge({ id: "2000004", handle: "bolaprints", tags: [], state: "new", score: null, note: false }),
};

/** A page with closed roots left open for the test to look into. */
export function open(html, url = "https://x.com/home", known = KNOWN) {
  const window = openPage({
    html,
    url,
    answer: (name, params) =>
      name === "badges.get"
        ? { badges: Object.fromEntries(params.handles.map((handle) => [handle, known[handle] ?? null])) }
        : { card: null, fresh: true, status: { state: "connected" } },
  });
  const attach = window.Element.prototype.attachShadow;
  window.Element.prototype.attachShadow = function () {
    this.opened = attach.call(this, { mode: "open" });
    return this.opened;
  };
  window.sweep = () =>
    window.Placement.render(
      window.FeatureRegistry.collect({
        ...window.People.page(window.location.pathname),
        path: window.location.pathname,
        signal: new window.AbortController().signal,
      }),
    );
  window.BadgeCache.followViewer();
  window.BadgeCache.learn(Object.fromEntries(Object.keys(known).map((handle) => [handle, known[handle]])));
  return window;
}
export const marks = (window) => [...window.document.querySelectorAll("[data-mutuals=badge]")];
export const label = (host) => host.opened.querySelector("button").getAttribute("aria-label");

/** The handles of the people whose marks are on the page, in the page's order. */
export const marked = (window) => marks(window).map((host) => /@(\w+)/.exec(label(host))[1]);
