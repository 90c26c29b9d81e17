// The sparkline of 26 weeks as SVG nodes: they above the line, you below it.
"use strict";

const Sparkline = (() => {
  const { svg } = Charts;
  const SPARK = { step: 22, width: 16, middle: 20, unit: 6, most: 3 };

  /** @param {number} count @param {number} week @param {"they" | "you"} who @returns {SVGElement} */
  function bar(count, week, who) {
    const height = Math.min(count, SPARK.most) * SPARK.unit;
    const y = who === "they" ? SPARK.middle - height : SPARK.middle + 1;
    return svg("rect", { x: week * SPARK.step + 2, y, width: SPARK.width, height, rx: 2, class: who });
  }

  /**
   * Weeks from old to new: they above the line, you below it.
   * @param {[number, number][]} trend [they, you] a week, in days with contact @param {string} label
   * @returns {SVGElement}
   */
  function spark(trend, label) {
    const width = trend.length * SPARK.step;
    const bars = trend.flatMap(([they, you], week) => [
      ...(they > 0 ? [bar(they, week, "they")] : []), ...(you > 0 ? [bar(you, week, "you")] : []),
    ]);
    const axis = svg("line", { x1: 0, x2: width, y1: SPARK.middle, y2: SPARK.middle, class: "axis" });
    return svg("svg", { viewBox: `0 0 ${width} 40`, preserveAspectRatio: "none", role: "img", "aria-label": label }, [
      axis,
      ...bars,
    ]);
  }

  return { spark };
})();
Object.assign(globalThis, { Sparkline });
