// Style sheets of everything drawn on X's page: a shared constructable sheet and one with the colours of X's theme.
"use strict";

/** @typedef {"light" | "dim" | "dark"} Theme */

const Style = (() => {
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

  const BASE = `
:host{
  all:initial!important;
  font:400 1rem/1.35 TwitterChirp,-apple-system,"Segoe UI",Roboto,"Liberation Sans",system-ui,sans-serif!important;
  color:var(--fg)!important;
}
:host([data-mutuals="vet"]){
  display:inline-flex!important;align-self:center!important;order:1!important;margin-inline-start:.4rem!important;
  user-select:none!important;
}
:host([data-mutuals="vet"]) button:not(.fill){padding:0 .67rem;line-height:1.2rem;font-size:.8rem}
:host([data-mutuals="badge"]){
  display:inline-flex!important;flex:none!important;align-self:center!important;margin-inline-start:.4rem!important;
  height:1.2rem!important;vertical-align:baseline!important;user-select:none!important;
  -webkit-user-select:none!important;
}
:host([data-mutuals="card"]),:host([data-mutuals="line"]){
  display:block!important;box-sizing:border-box!important;inline-size:100%!important;order:99!important;
  text-align:start!important;
}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
button,input,textarea{font:inherit;color:inherit;margin:0}
button{cursor:pointer;border:0;background:none;padding:0;text-align:start}
button:focus-visible,a:focus-visible,input:focus-visible,textarea:focus-visible,[tabindex]:focus-visible{
  outline:2px solid var(--blue);outline-offset:1px;
}
a{
  color:var(--blue);text-decoration:underline 1px color-mix(in srgb,currentColor 45%,transparent);
  text-underline-offset:.15em;
}
a:hover{text-decoration-color:currentColor}
p,dl,dd,h2,h3,ul,ol{margin:0;padding:0}ul,ol{list-style:none}
bdi{unicode-bidi:isolate}
svg{display:block;flex:none}
.ring .track{stroke:var(--line)}.ring .value{stroke:var(--they)}
.mark{
  display:inline-flex;align-items:center;gap:.27rem;block-size:1.2rem;max-inline-size:12rem;padding:0 .47rem 0 .2rem;
  border-radius:.6rem;background:var(--chip);color:var(--fg);font-size:.8rem;line-height:1.2rem;white-space:nowrap;
}
.mark.bare{padding-inline-start:.47rem}.mark.alone{padding-inline-end:.2rem}
.mark:hover{box-shadow:inset 0 0 0 1px var(--dim)}
.mark .word{overflow:hidden;text-overflow:ellipsis;unicode-bidi:plaintext}
.mark svg{inline-size:.93rem;block-size:.93rem}
.m{
  border:1px solid var(--line);border-radius:1.07rem;background:var(--bg);color:var(--fg);overflow:hidden;
  font-size:.97rem;
}
.card-in-page{margin:.8rem 0 .27rem}
.row{display:flex;gap:.93rem;align-items:center;padding:.8rem .93rem;flex-wrap:wrap}
.row .words{flex:1 1 12rem;min-inline-size:0}
.ringbox{position:relative;flex:none;inline-size:3.73rem;block-size:3.73rem}
.ringbox svg{inline-size:100%;block-size:100%}
.ringbox b{position:absolute;inset:0;display:grid;place-items:center;font-size:1.27rem}
.state{font-weight:700;font-size:1rem}.why{color:var(--dim);font-size:.9rem;margin-block-start:.13rem}
.who{color:var(--dim);font-size:.9rem}.alias{font-weight:700}
.bal{margin-inline-start:auto;text-align:end;font-size:.83rem;color:var(--dim);flex:none}
.bar{
  display:flex;inline-size:6.4rem;block-size:.4rem;border-radius:.2rem;overflow:hidden;margin:.33rem 0 0;
  margin-inline-start:auto;background:var(--line);
}
.bar i{display:block;block-size:100%}.bar .you{background:var(--you)}.bar .they{background:var(--they)}
.spark{padding:0 .93rem .4rem}.spark svg{inline-size:100%;block-size:2.67rem}
.spark .they{fill:var(--they)}.spark .you{fill:var(--you)}.spark .axis{stroke:var(--line)}
.notice{margin:0 .93rem .53rem;padding:.4rem .67rem;border-radius:.67rem;background:var(--soft);font-size:.87rem}
.notice.warn{background:var(--warnbg);color:var(--warn)}
.chips{display:flex;gap:.4rem;flex-wrap:wrap;padding:.27rem .93rem .67rem;align-items:center}
.chip{
  display:inline-flex;align-items:center;gap:.27rem;background:var(--chip);color:var(--fg);border-radius:999px;
  padding:.2rem .67rem;font-size:.87rem;line-height:1.3;max-inline-size:100%;
}
.chip bdi{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.chip button{border-radius:999px;padding:0 .2rem;line-height:1}
.chip.quiet{color:var(--dim)}
.chip.add{background:none;border:1px dashed var(--line);color:var(--dim)}
.chip.add:hover{color:var(--fg);border-color:var(--dim)}
.tagbox{display:flex;flex-direction:column;gap:.33rem;inline-size:100%}
.tagbox input{
  inline-size:min(16rem,100%);border:1px solid var(--line);border-radius:999px;background:var(--bg);
  padding:.27rem .8rem;font-size:.9rem;
}
.options{display:flex;flex-wrap:wrap;gap:.33rem}.options [aria-selected="true"]{outline:2px solid var(--blue)}
.options .option{cursor:pointer}
.note{border-block-start:1px solid var(--line);padding:.67rem .93rem}
.text{
  display:block;inline-size:100%;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;font-size:.97rem;
  cursor:text;max-block-size:20rem;overflow:auto;
}
.text.empty{color:var(--dim)}
textarea{
  display:block;inline-size:100%;min-block-size:4.5rem;max-block-size:24rem;field-sizing:content;resize:vertical;
  border:1px solid var(--line);border-radius:.67rem;background:var(--bg);padding:.4rem .6rem;font-size:.97rem;
  line-height:1.35;unicode-bidi:plaintext;
}
.small{display:flex;flex-wrap:wrap;gap:0 .33rem;color:var(--dim);font-size:.8rem;margin-block-start:.4rem}
.small button,.small a{color:var(--dim);text-decoration:underline}
.count.over{color:var(--bad)}
.acts{
  display:flex;flex-wrap:wrap;gap:.4rem;border-block-start:1px solid var(--line);padding:.53rem .67rem;
  align-items:center;
}
.a{font-size:.9rem;font-weight:600;padding:.33rem .6rem;border-radius:999px;color:var(--fg)}
.a:hover{background:var(--chip)}.a.first{background:var(--fg);color:var(--bg)}.a.first:hover{opacity:.9}
kbd{font:.73rem "Liberation Mono",ui-monospace,monospace;opacity:.7;margin-inline-start:.27rem}
.saved{margin-inline-start:auto;font-size:.8rem;color:var(--dim)}.saved.failed{color:var(--bad);font-weight:600}
.versions{border-block-start:1px solid var(--line);padding:.67rem .93rem;max-block-size:22rem;overflow:auto}
.versions li{padding:.4rem 0;border-block-end:1px solid var(--line)}.versions li:last-child{border:0}
.versions .text{font-size:.9rem;max-block-size:6rem}
.touch,.more{border-block-start:1px solid var(--line);padding:.67rem .93rem;font-size:.9rem}
.touch{display:flex;flex-wrap:wrap;gap:.53rem}
.touch input{border:1px solid var(--line);border-radius:.67rem;background:var(--bg);padding:.33rem .6rem}
.touch [type=text]{flex:1 1 10rem;min-inline-size:0}.touch .picks{inline-size:100%}
.picks{display:flex;flex-wrap:wrap;gap:.4rem}
.more:focus,.touch:focus{outline:0}
.more dl{display:grid;grid-template-columns:max-content 1fr;gap:.27rem .93rem;margin-block:.67rem}
.more dt{color:var(--dim)}
.more h3{font-size:.97rem;margin-block-end:.27rem}.more>.btn{margin-block-start:.4rem}
.stages{display:flex;flex-wrap:wrap;gap:.27rem 1.2rem;color:var(--dim)}
.stages li::before{
  content:"";display:inline-block;inline-size:.6rem;block-size:.6rem;margin-inline-end:.4rem;
  border:1.5px solid var(--dim);border-radius:50%;
}
.stages .yes{color:var(--fg)}.stages .yes::before{background:var(--they);border-color:var(--they)}
.stages .unknown::before{border-style:dashed}
.tl li{display:flex;gap:.53rem;align-items:baseline;padding:.33rem 0;border-block-end:1px solid var(--line)}
.tl li:last-child{border:0}
.tl li::before{
  content:"";flex:none;inline-size:.27rem;block-size:.8rem;border-radius:.2rem;
  background:linear-gradient(var(--they) 50%,var(--you) 50%);
}
.tl .in::before{background:var(--they)}.tl .out::before{background:var(--you)}
.tl div{flex:1;min-inline-size:0;overflow-wrap:anywhere}.tl time{color:var(--dim);font-size:.83rem;white-space:nowrap}
.tl .a{padding:0 .4rem;color:var(--dim)}.tl a{color:inherit}.tl .who{font-size:.83rem}
.both{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:.67rem}
.both h3{font-size:.87rem;margin-block-end:.27rem}
.both .text{border:1px solid var(--line);border-radius:.67rem;padding:.4rem .6rem}
.btn{
  border:1px solid var(--line);border-radius:999px;padding:.33rem .8rem;font-weight:700;font-size:.87rem;
  background:var(--bg);color:var(--fg);
}
.btn:hover{background:var(--chip)}.btn.fill{background:var(--fg);color:var(--bg);border-color:var(--fg)}
.line{
  display:flex;align-items:center;gap:.67rem;padding:.53rem .67rem;margin-block-start:.67rem;font-size:.87rem;
  inline-size:100%;min-block-size:3rem;
}
.line .ringbox{inline-size:2.13rem;block-size:2.13rem}.line .ringbox b{font-size:.8rem}
.line .words{flex:1;min-inline-size:0}.line .state{font-size:.93rem}
.line .words>*{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.vet{border-block-start:1px solid var(--line)}
.v{display:flex;gap:.67rem;padding:.8rem .93rem;color:var(--dim);background:var(--soft)}.v svg{margin-block-start:.1rem}
.v .value{stroke:currentColor}
.v h3{font-size:1rem;margin:0}.v p{color:var(--fg);font-size:.9rem;margin-block-start:.13rem}
.look_closer,.caution{color:var(--warn)}.better_not,.serious{color:var(--bad)}.welcome,.good{color:var(--ok)}
.caution,.serious,.good{font-weight:600}
.v.look_closer{background:var(--warnbg)}.v.better_not{background:var(--badbg)}.v.welcome{background:var(--okbg)}
.f{display:grid;grid-template-columns:4.93rem 1fr;gap:.27rem .67rem;padding:.67rem .93rem .4rem;font-size:.9rem}
.f dt,.unseen,.hint{color:var(--dim)}.f dd{overflow-wrap:anywhere}
.f details{display:inline-block;vertical-align:top}.f details[open]{display:block}
.f details[open]+.between,.f .between:has(+details[open]){display:none}
.f summary{display:inline;cursor:pointer;text-decoration:underline dotted;text-underline-offset:.2em}
.f details a{display:block;padding:.2rem 0}
.unseen{padding:0 .93rem .67rem;font-size:.83rem}.unseen .btn{display:block;margin-block-start:.4rem}
.m>:is(.vet,.acts):first-child{border:0}
.d{
  display:flex;flex-wrap:wrap;gap:.53rem;padding:.67rem .93rem;border-block-start:1px solid var(--line);
  align-items:center;
}
.hint{font-size:.83rem;margin-inline-start:auto}.row .hint{margin:0;flex:1}
.vet .chips input,input.why{border:1px solid var(--line);padding:.33rem .67rem}
[aria-pressed=true]{box-shadow:inset 0 0 0 2px var(--blue)}
.linebox{display:flex;gap:.4rem;align-items:center}
input.why{position:fixed;z-index:9;inline-size:20rem;background:var(--bg)}
.help{padding:.67rem .93rem;border-block-start:1px solid var(--line);font-size:.87rem}
.help dl{display:grid;grid-template-columns:max-content 1fr;gap:.27rem .8rem}.help dt kbd{margin:0;opacity:1}
[popover]{
  position:fixed;inset:auto;border:1px solid var(--line);border-radius:1.07rem;padding:0;margin:.27rem 0;
  background:var(--bg);color:var(--fg);inline-size:min(29rem,calc(100vw - 1.5rem));
  max-block-size:min(42rem,calc(100vh - 1.5rem));overflow:auto;box-shadow:0 .2rem 1.2rem var(--shade);
  position-area:block-end span-inline-end;position-try-fallbacks:flip-block,flip-inline,flip-block flip-inline;
}
[popover] .m{border:0;border-radius:0}
.closer{display:flex;justify-content:flex-end;padding:.4rem .53rem 0}
.sr{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:no-preference){.ring .value{transition:stroke-dasharray .3s}}
@media (forced-colors:active){
  .mark,.chip,.m,.bar,textarea,.btn,.a.first,[popover]{
    position:fixed;inset:auto;border:1px solid CanvasText;forced-color-adjust:auto;
  }
  .ring .track{stroke:GrayText}.ring .value{stroke:CanvasText}
  .spark .they{fill:CanvasText}.spark .you{fill:GrayText}.bar .you{background:GrayText}
  .bar .they{background:CanvasText;forced-color-adjust:none}
}
@media (pointer:coarse){.a,.btn,.chip button,.chip.add{min-block-size:2.9rem}}
`;

  /** For shared screens: what the user wrote is blurred until pointed at or focused. */
  const VEIL = ".private{filter:blur(.4rem)}:host(:hover) .private,:host(:focus-within) .private{filter:none}";

  const base = new CSSStyleSheet();
  const colours = new CSSStyleSheet();
  const first = new CSSStyleSheet();
  let ready = false;
  /** @type {Theme | ""} */
  let current = "";
  let veiled = false;

  /**
   * X's theme from the page's background, by range: the exact values change (X-PAGE.md 1.6).
   * @param {string} background a CSS rgb() colour
   * @returns {Theme}
   */
  function themeOf(background) {
    const [red, green, blue, alpha = 1] = (background.match(/[\d.]+/g) ?? []).map(Number);
    if (blue === undefined || alpha === 0) return "light";
    const brightness = 0.3 * red + 0.59 * green + 0.11 * blue;
    if (brightness > 127) return "light";
    return brightness > 12 ? "dim" : "dark";
  }

  /** @returns {string} the page's background, from the inline style that X writes, else as computed */
  function background() {
    const inline = document.body?.style.backgroundColor;
    if (inline) return inline;
    return document.body ? getComputedStyle(document.body).backgroundColor : "";
  }

  /**
   * @returns {CSSStyleSheet[]} sheets of every shadow root; parsed when the first root is made, for most pages have
   *   none at first
   */
  function sheets() {
    if (!ready) {
      base.replaceSync(BASE);
      first.replaceSync(":host([data-mutuals]){order:-1!important;margin-inline:0 .4rem!important}");
      ready = true;
    }
    return [base, colours];
  }

  /** Follows X's theme: one replaced sheet recolours every root at once. */
  function follow() {
    const theme = themeOf(background());
    if (theme !== current) paint(theme);
  }

  /** @param {Theme} theme */
  function paint(theme) {
    current = theme;
    const scheme = theme === "light" ? "light" : "dark";
    colours.replaceSync(`:host{${COLOURS[theme]};color-scheme:${scheme}}${veiled ? VEIL : ""}`);
  }

  /** @param {boolean} on whether what the user wrote is blurred */
  function veil(on) {
    veiled = on;
    paint(current || "light");
  }

  return { sheets, first, follow, veil, themeOf, theme: () => current };
})();
Object.assign(globalThis, { Style });
