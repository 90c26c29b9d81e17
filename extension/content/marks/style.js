// Style sheets of what stands in X's own page: marks, buttons, lines and the boxes around our frames.
"use strict";

/**
 * Words of a mark are generated content: the page can neither find nor select nor copy them. Each box has a fixed size
 * that its words do not change, and asks for no font by name, since the page could define one and watch it load.
 */
const MarkStyle = (() => {
  const BASE = `
:host{
  all:initial!important;direction:ltr!important;unicode-bidi:normal!important;writing-mode:horizontal-tb!important;
  font:400 1rem/1.35 system-ui,sans-serif!important;color:var(--fg)!important;
  box-sizing:border-box!important;contain:strict!important;overflow:clip!important;flex:none!important;
  user-select:none!important;-webkit-user-select:none!important;
}
:host([data-mutuals="badge"]),:host([data-mutuals="vet"]){
  display:inline-flex!important;align-self:center!important;block-size:max(24px,1.6rem)!important;
  margin:-.2rem 0 -.2rem .4rem!important;vertical-align:text-bottom!important;
}
:host([data-mutuals="badge"]){inline-size:7rem!important}
:host([data-mutuals="badge"][data-form="ring"]){inline-size:max(24px,1.6rem)!important}
:host([data-mutuals="vet"]){inline-size:5rem!important;order:1!important}
:host([data-mutuals="vet"][data-form="named"]){inline-size:10rem!important}
:host([data-mutuals="line"]),:host([data-mutuals="queue"]),:host([data-mutuals="card"]){
  display:block!important;inline-size:100%!important;order:99!important;
}
:host([data-mutuals="line"]){block-size:4.4rem!important}
:host([data-mutuals="queue"]){block-size:3.4rem!important}
:host([data-mutuals="card"]){
  contain:layout style!important;min-inline-size:0!important;margin:.8rem 0 .27rem!important;
}
:host([data-mutuals="dialog"]){
  contain:none!important;overflow:visible!important;position:fixed!important;inline-size:0!important;
  block-size:0!important;
}
:host([data-mutuals="spare"]){
  display:block!important;position:fixed!important;inset:0 auto auto 0!important;inline-size:400px!important;
  block-size:200px!important;opacity:0!important;pointer-events:none!important;z-index:-1!important;
}
*,*::before,*::after{box-sizing:border-box}
button{font:inherit;color:inherit;margin:0;cursor:pointer;border:0;background:none;padding:0;text-align:start}
button:focus-visible{outline:2px solid var(--blue);outline-offset:-2px}
[data-word]::before,[data-said]::before{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
[data-word]::before{content:attr(data-word) / ""}[data-said]::before{content:attr(data-said)}
.mark{
  display:flex;align-items:center;gap:.27rem;min-inline-size:0;max-inline-size:100%;block-size:100%;
  padding-inline:.2rem .47rem;border-radius:.8rem;background:var(--chip) padding-box;font-size:.8rem;line-height:1.2rem;
  border:solid transparent;border-width:.2rem 0;
}
.mark::before{order:1;min-inline-size:0;unicode-bidi:plaintext}
.mark.bare{padding-inline-start:.47rem}.mark.alone::before{content:none}
.mark.alone{padding:0;justify-content:center}
.mark:hover{box-shadow:inset 0 0 0 1px var(--dim)}
.mark svg{display:block;flex:none;inline-size:.93rem;block-size:.93rem}
.ring .track{stroke:var(--line)}.ring .value{stroke:var(--they)}
.btn{
  display:grid;place-items:center;inline-size:100%;block-size:100%;border:1px solid var(--line);border-radius:999px;
  padding:0 .53rem;font-weight:700;font-size:.8rem;background:var(--bg);color:var(--fg);
}
.btn::before{max-inline-size:100%}
.btn:hover{background:var(--chip)}.btn.fill{background:var(--fg);color:var(--bg);border-color:var(--fg)}
.line{
  display:grid;grid-template-columns:auto 1fr 3.6rem;gap:.67rem;align-items:center;block-size:3.7rem;
  margin-block-start:.67rem;border:1px solid var(--line);border-radius:1.07rem;background:var(--bg);
  padding-inline-end:.67rem;
}
.line>button:not(.btn){
  grid-column:1/3;display:grid;grid-template-columns:2.13rem 1fr;gap:0 .67rem;align-items:center;block-size:100%;
  padding-inline-start:.67rem;min-inline-size:0;border-radius:inherit;
}
.line .ringbox{position:relative;grid-row:1/3;inline-size:2.13rem;block-size:2.13rem}
.line .ringbox svg{inline-size:100%;block-size:100%}
.line .ringbox b{position:absolute;inset:0;display:grid;place-items:center;font-size:.8rem}
.line .state,.line .why{display:flex;min-inline-size:0;overflow:hidden}
.line .state{font-weight:700;font-size:.93rem;align-self:end}
.line .why{font-size:.87rem;color:var(--dim);align-self:start}
.line .btn{block-size:1.7rem}
.queue{display:flex;gap:.93rem;align-items:center;block-size:100%;padding:0 .93rem}
.queue span{flex:1;min-inline-size:0;display:flex;color:var(--dim);font-size:.83rem}
.queue .btn{inline-size:6rem;block-size:2rem;flex:none}
[hidden]{display:none!important}
iframe{
  display:block;border:0;inline-size:100%;min-inline-size:280px;block-size:200px;background:transparent;
  opacity:1;transition:none;
}
iframe.pending{opacity:0}
.fallback{
  margin:0;padding:.8rem .93rem;border:1px solid var(--line);border-radius:1.07rem;color:var(--dim);font-size:.9rem;
}
[popover]{
  position:fixed;inset:auto;border:1px solid var(--line);border-radius:1.07rem;padding:0;margin:.27rem 0;
  background:var(--bg);color:var(--fg);inline-size:min(29rem,calc(100vw - 1rem));overflow:clip;
  box-shadow:0 .2rem 1.2rem var(--shade);
  position-area:block-end span-inline-end;position-try-fallbacks:flip-block,flip-inline,flip-block flip-inline,
    block-end span-all,block-start span-all;
}
[popover] iframe{max-block-size:min(42rem,calc(100vh - 1.5rem))}
@media (prefers-reduced-motion:no-preference){.ring .value{transition:stroke-dasharray .3s}}
@media (forced-colors:active){
  .mark,.btn,.line,[popover]{border:1px solid CanvasText}
  .ring .track{stroke:CanvasText;stroke-width:1}.ring .value{stroke:Highlight}
}
`;

  /** For shared screens: tags and names are blurred until pointed at or focused. */
  const VEIL = "[data-word]::before,[data-said]::before{filter:blur(.4rem)}" +
    ":host(:hover) ::before,:host(:focus-within) ::before{filter:none!important}";

  /** @type {{base: CSSStyleSheet, colours: CSSStyleSheet, first: CSSStyleSheet} | null} */
  let made = null;
  /** @type {Theme | ""} */
  let current = "";
  let told = ""; // X's inline style that told the theme
  let veiled = false;
  /** @type {(theme: Theme) => void} */
  let changed = () => {};

  /** @returns {string} the page's background, from the inline style that X writes, else as computed */
  function background() {
    const inline = document.body?.style.backgroundColor;
    if (inline) return inline;
    return document.body ? getComputedStyle(document.body).backgroundColor : "";
  }

  /**
   * Made with the first root, for most pages have none at first.
   * @param {boolean} ahead whether it stands before its neighbours @returns {CSSStyleSheet[]} sheets of a root
   */
  function sheets(ahead) {
    if (!made) {
      made = { base: new CSSStyleSheet(), colours: new CSSStyleSheet(), first: new CSSStyleSheet() };
      made.base.replaceSync(BASE);
      made.first.replaceSync(":host([data-mutuals]){order:-1!important;margin:-.2rem .4rem -.2rem 0!important}");
      paint();
    }
    const { base, colours, first } = made;
    return ahead ? [base, colours, first] : [base, colours];
  }

  /** Follows X's theme: one replaced sheet recolours every root at once. */
  function follow() {
    const written = document.body?.getAttribute("style") ?? "";
    if (written && written === told) return; // in nearly every sweep
    told = document.body?.style.backgroundColor ? written : "";
    const theme = Themes.of(background());
    if (theme === current) return;
    current = theme;
    paint();
    changed(theme);
  }

  function paint() {
    made?.colours.replaceSync(Themes.rule(":host", current || "light") + (veiled ? VEIL : ""));
  }

  /** @param {boolean} on whether what the user wrote is blurred */
  function veil(on) {
    veiled = on;
    paint();
  }

  /** @param {(theme: Theme) => void} listener */
  function onChange(listener) {
    changed = listener;
  }

  return { sheets, follow, veil, onChange, theme: () => current || "light" };
})();
Object.assign(globalThis, { MarkStyle });
