// The score ring as SVG nodes.
"use strict";

const Charts = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /**
   * @param {string} tag
   * @param {Record<string, string | number>} attributes
   * @param {SVGElement[]} [children]
   * @returns {SVGElement}
   */
  function svg(tag, attributes, children = []) {
    const node = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
    node.append(...children);
    return node;
  }

  /**
   * A ring filled to the score; how sure it is shows as how full the stroke is, from dashes to solid.
   * @param {number | null} value 0 to 100, null draws the empty ring of unknown
   * @param {number} confidence 0 to 1 @param {number} size in px at the usual text size @param {number} stroke
   * @returns {SVGElement}
   */
  function ring(value, confidence, size, stroke) {
    const radius = 28 - stroke / 2;
    const length = 2 * Math.PI * radius;
    const circle = { cx: 28, cy: 28, r: radius, fill: "none", "stroke-width": stroke };
    const track = svg("circle", {
      ...circle,
      class: "track",
      ...(value === null ? { "stroke-dasharray": "6 5" } : {}),
    });
    const strength = 0.35 + 0.65 * Math.max(0, Math.min(1, confidence));
    const part =
      value === null
        ? []
        : [
            svg("circle", {
              ...circle,
              class: "value",
              "stroke-linecap": "round",
              transform: "rotate(-90 28 28)",
              "stroke-dasharray": `${((length * Math.max(value, 1)) / 100).toFixed(1)} ${length.toFixed(1)}`,
              opacity: strength.toFixed(2),
            }),
          ];
    return svg("svg", { viewBox: "0 0 56 56", width: size, height: size, class: "ring", "aria-hidden": "true" }, [
      track,
      ...part,
    ]);
  }

  return { svg, ring };
})();
Object.assign(globalThis, { Charts });
