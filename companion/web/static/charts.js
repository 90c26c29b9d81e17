// Draws the charts whose data the server put into the page, in the theme's colours, and again when the theme changes.
"use strict";

(() => {
  const COLOURS = new Set(["they", "you", "warn", "dim", "faint", "blank", "blue", "rose", "green"]);
  const Plotly = /** @type {{react: (node: Element, data: unknown, layout: unknown, config: unknown) => void}} */ (
    Reflect.get(globalThis, "Plotly")
  );

  /** @param {string} name a colour of the style sheet */
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  /**
   * @param {unknown} value any part of a figure
   * @returns {unknown} the same with names of colours replaced
   */
  function coloured(value) {
    if (typeof value === "string") return COLOURS.has(value) ? colour(value) : value;
    if (Array.isArray(value)) return value.map(coloured);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, coloured(one)]));
  }

  /** @param {Element} node a chart with its figure beside it */
  function draw(node) {
    const figure = JSON.parse(node.querySelector("script")?.textContent ?? "{}");
    const axis = {
      gridcolor: colour("line"), zerolinecolor: colour("line"), linecolor: colour("line"), fixedrange: true,
      automargin: true,
    };
    const layout = {
      ...figure.layout, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", autosize: true,
      font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: colour("fg") },
      hoverlabel: { bgcolor: colour("strong"), font: { color: colour("onstrong") } },
      xaxis: { ...axis, ...figure.layout.xaxis }, yaxis: { ...axis, ...figure.layout.yaxis },
    };
    let place = node.querySelector("div");
    if (!place) node.append((place = document.createElement("div")));
    Plotly.react(place, coloured(figure.data), layout, { displayModeBar: false, responsive: true });
  }

  const all = () => document.querySelectorAll("[data-chart]").forEach(draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  all();
})();
