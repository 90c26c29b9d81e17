// X's three themes: told from the page's background, and the colours of each for marks and cards.
"use strict";

/** @typedef {"light" | "dim" | "dark"} Theme */

const Themes = (() => {
  /** Colours by theme; all pairs of text and ground reach 4.5 to 1. */
  const COLOURS = {
    light:
      "--bg:#fff;--fg:rgb(15,20,25);--dim:rgb(83,100,113);--line:rgb(225,232,237);--soft:rgb(247,249,249);" +
      "--blue:#0a6cbb;--they:#0a8f6a;--you:#7a5af8;--warn:#8a4f00;--warnbg:#fff4e0;--okbg:#e3f6ee;" +
      "--badbg:#fdecea;--bad:#b3261e;--ok:#0a7a55;--chip:#eef3f6;--shade:rgba(15,20,25,.18)",
    dim:
      "--bg:rgb(21,32,43);--fg:rgb(247,249,249);--dim:rgb(147,160,173);--line:rgb(56,68,77);" +
      "--soft:rgb(30,39,50);--blue:#6bb8f5;--they:#3ddbaa;--you:#a797ff;--warn:#ffc266;--warnbg:#3a2f1c;" +
      "--okbg:#17362f;--badbg:#44262a;--bad:#ff9d95;--ok:#4fe0ad;--chip:rgb(39,51,64);--shade:rgba(0,0,0,.5)",
    dark:
      "--bg:#000;--fg:rgb(231,233,234);--dim:rgb(139,144,150);--line:rgb(47,51,54);--soft:rgb(22,24,28);" +
      "--blue:rgb(29,155,240);--they:#3ddbaa;--you:#a797ff;--warn:#ffc266;--warnbg:#33260f;--okbg:#0d2a20;" +
      "--badbg:#3a1411;--bad:#ff8f86;--ok:#4fe0ad;--chip:#1d2226;--shade:rgba(255,255,255,.14)",
  };

  /**
   * X's theme from the page's background, by range: the exact values change (X-PAGE.md 1.6).
   * @param {string} background a CSS rgb() colour
   * @returns {Theme}
   */
  function of(background) {
    const [red, green, blue, alpha = 1] = (background.match(/[\d.]+/g) ?? []).map(Number);
    if (blue === undefined || alpha === 0) return "light";
    const brightness = 0.3 * red + 0.59 * green + 0.11 * blue;
    if (brightness > 127) return "light";
    return brightness > 12 ? "dim" : "dark";
  }

  /** @param {Theme} theme @returns {"light" | "dark"} */
  function scheme(theme) {
    return theme === "light" ? "light" : "dark";
  }

  /**
   * @param {string} selector
   * @param {Theme} theme
   * @returns {string} a rule that sets the theme's colours, which no rule of the page around overrides
   */
  function rule(selector, theme) {
    const colours = COLOURS[theme].replaceAll(";", "!important;");
    return `${selector}{${colours}!important;color-scheme:${scheme(theme)}!important}`;
  }

  return { of, scheme, rule };
})();
Object.assign(globalThis, { Themes });
