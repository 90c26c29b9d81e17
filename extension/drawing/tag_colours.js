// Derives a readable background and text colour (WCAG AA) from any tag colour, for light and dark themes.
"use strict";

const TagColours = (() => {
  const LEAST_CONTRAST = 4.5; // WCAG 2.2, 1.4.3

  /** @param {string} hex as #rrggbb @returns {[number, number, number] | null} */
  function rgb(hex) {
    const digits = /^#([0-9a-f]{6})$/i.exec(hex)?.[1];
    if (!digits) return null;
    return [parseInt(digits.slice(0, 2), 16), parseInt(digits.slice(2, 4), 16), parseInt(digits.slice(4), 16)];
  }

  /** @param {[number, number, number]} colour @returns {[number, number]} hue in degrees, saturation 0 to 1 */
  function hueAndSaturation([red, green, blue]) {
    const high = Math.max(red, green, blue) / 255;
    const low = Math.min(red, green, blue) / 255;
    const span = high - low;
    if (span === 0) return [0, 0];
    const [r, g, b] = [red / 255, green / 255, blue / 255];
    const sector = high === r ? ((g - b) / span + 6) % 6 : high === g ? (b - r) / span + 2 : (r - g) / span + 4;
    return [sector * 60, span / (1 - Math.abs(high + low - 1) || 1)];
  }

  /** @param {number} hue @param {number} saturation @param {number} light @returns {[number, number, number]} */
  function fromHsl(hue, saturation, light) {
    const reach = saturation * Math.min(light, 1 - light);
    const channel = (/** @type {number} */ shift) => {
      const at = (shift + hue / 30) % 12;
      return Math.round(255 * (light - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
    };
    return [channel(0), channel(8), channel(4)];
  }

  /** @param {[number, number, number]} colour @returns {number} relative luminance, WCAG 2.2 */
  function luminance(colour) {
    const [red, green, blue] = colour.map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  /** @param {[number, number, number]} one @param {[number, number, number]} other @returns {number} 1 to 21 */
  function contrast(one, other) {
    const [high, low] = [luminance(one), luminance(other)].sort((left, right) => right - left);
    return (high + 0.05) / (low + 0.05);
  }

  /**
   * A pale (or deep) ground of the colour's hue and a text of the same hue, moved until it can be read.
   * @param {string} hex @param {boolean} dark whether the page is dark
   * @returns {{ground: string, text: string, ratio: number} | null} null for something that is not a colour
   */
  function of(hex, dark) {
    const colour = rgb(hex);
    if (!colour) return null;
    const [hue, saturation] = hueAndSaturation(colour);
    const ground = fromHsl(hue, Math.min(saturation, dark ? 0.45 : 1), dark ? 0.22 : 0.94);
    let light = dark ? 0.78 : 0.42;
    let text = fromHsl(hue, saturation, light);
    while (contrast(ground, text) < LEAST_CONTRAST && light > 0.02 && light < 0.98) {
      light += dark ? 0.03 : -0.03;
      text = fromHsl(hue, saturation, light);
    }
    return { ground: `rgb(${ground.join(",")})`, text: `rgb(${text.join(",")})`, ratio: contrast(ground, text) };
  }

  return { of, contrast };
})();
Object.assign(globalThis, { TagColours });
