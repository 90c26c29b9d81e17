// ESLint rules for the extension and the dashboard's scripts; limits where requests, HTML and X's DOM may be used.
import js from "@eslint/js";
import noUnsanitized from "eslint-plugin-no-unsanitized";
import globals from "globals";
import { readFileSync, readdirSync } from "node:fs";

/** Every namespace that a classic file of ours shares: `Object.assign(globalThis, { Name })`. */
const OURS = ["lib", "content", "card", "drawing"].flatMap((folder) => {
  const files = readdirSync(`extension/${folder}`, { recursive: true }).filter((file) => file.endsWith(".js"));
  return files.flatMap((file) => {
    const text = readFileSync(`extension/${folder}/${file}`, "utf8");
    const exported = [...text.matchAll(/Object\.assign\(globalThis, \{ ([\w, ]+)/g)];
    return exported.flatMap((match) => match[1].split(", ").map((name) => name.trim()));
  });
});
const CLASSIC = ["extension/lib/**", "extension/content/**", "extension/card/**", "extension/drawing/**"];
const ON_X = ["extension/content/**", "extension/card/**", "extension/drawing/**"];
const no = (selector, message) => ({ selector, message });
const FETCH = no(
  "CallExpression[callee.name='fetch'], NewExpression[callee.name=/^(XMLHttpRequest|WebSocket|EventSource)$/]",
  "Only background/companion.js fetches, and languages.js a file of ours.",
);
const TESTID = no(
  "Literal[value=/data-testid/], TemplateElement[value.raw=/data-testid/]",
  "Only content/x/selector_table.js and selectors.js know X's page.",
);
const SYNTHETIC = no(
  "CallExpression[callee.property.name=/^(click|requestSubmit)$/], " +
    "NewExpression[callee.name=/^(Mouse|Keyboard|Pointer|Input)Event$/]",
  "Nothing on X's page is ever pressed for the user.",
);

const RULES = {
  "no-eval": "error", "no-implied-eval": "error", "no-new-func": "error",
  "eqeqeq": "error", "prefer-const": "error", "no-var": "error",
  "max-lines": ["error", 350],
  "max-lines-per-function": ["error", { max: 250, skipBlankLines: true, skipComments: true, IIFEs: false }],
  "no-console": "error",
  "max-len": ["error", { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true }],
};

export default [
  js.configs.recommended,
  noUnsanitized.configs.recommended,
  {
    files: ["extension/**/*.js"],
    languageOptions: {
      ecmaVersion: 2024,
      globals: {
        ...globals.browser,
        ...globals.webextensions,
        ...Object.fromEntries(OURS.map((name) => [name, "readonly"])),
      },
    },
    rules: {
      "no-redeclare": ["error", { builtinGlobals: false }],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: `^(${OURS.join("|")})$` }],
      ...RULES,
    },
  },
  { files: CLASSIC, languageOptions: { sourceType: "script" } },
  { files: ["extension/background/**", "extension/pages/**"], languageOptions: { sourceType: "module" } },
  {
    files: ["extension/lib/**", "extension/pages/**", "extension/background/!(companion|languages).js"],
    rules: { "no-restricted-syntax": ["error", FETCH, TESTID] },
  },
  // Writes a page's test ids out for a report; it looks for none.
  { files: ["extension/pages/page_outline.js"], rules: { "no-restricted-syntax": ["error", FETCH] } },
  {
    files: ON_X,
    rules: {
      "no-restricted-syntax": ["error", FETCH, TESTID, SYNTHETIC],
      "no-restricted-globals": ["error", "indexedDB", "localStorage", "sessionStorage"],
    },
  },
  // The frame's own document is not X's page: a click or key that was held there is sent on.
  {
    files: ["extension/card/clicks.js", "extension/card/key_order.js"],
    rules: { "no-restricted-syntax": ["error", FETCH, TESTID] },
  },
  { files: ["extension/content/x/selector*.js"], rules: { "no-restricted-syntax": ["error", FETCH, SYNTHETIC] } },
  {
    files: ["extension/page/**"],
    languageOptions: { sourceType: "script" },
    rules: { "no-restricted-syntax": ["error", TESTID, SYNTHETIC] },
  },
  {
    files: ["companion/web/static/**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    rules: {
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-syntax": ["error", TESTID],
      ...RULES,
    },
  },
  {
    files: ["companion/web/static/{dashboard,drafts,in_place,post_length}.js"],
    languageOptions: { sourceType: "script", globals: { PostLength: "readonly" } },
    rules: { "no-redeclare": ["error", { builtinGlobals: false }] },
  },
  {
    files: ["tests/extension/**/*.mjs", "tests/extension/**/*.js", "tests/companion/**/*.mjs", "scripts/**/*.mjs"],
    languageOptions: { sourceType: "module", globals: { ...globals.node } },
    rules: { "no-unsanitized/property": "off", "max-len": RULES["max-len"] },
  },
];
