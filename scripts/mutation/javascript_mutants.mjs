// Prints a seeded sample of mutants of JavaScript files as JSON lines: {"file", "line", "change", "text"}.
// Usage: node javascript_mutants.mjs SEED COUNT FILE…
import { readFileSync } from "node:fs";
import { parse } from "acorn";

const SWAPPED = {
  "===": "!==", "!==": "===", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "&&": "||", "||": "&&", "??": "&&", "+": "-",
  "-": "+",
};

/** The first place of an operator between two operands. */
function operatorAt(node, text) {
  return text.indexOf(node.operator, node.left.end);
}

/** Kind of node -> [name of the change, from, to, new text] of what can be changed there, or nothing. */
const CHANGES = {
  BinaryExpression: swap,
  LogicalExpression: swap,
  IfStatement: ({ test }, text) => [["negate", test.start, test.end, `!(${text.slice(test.start, test.end)})`]],
  ConditionalExpression: ({ test }, text) => [
    ["negate", test.start, test.end, `!(${text.slice(test.start, test.end)})`],
  ],
  AwaitExpression: (node) => [["drop await", node.start, node.argument.start, ""]],
  ExpressionStatement: (node) => (node.directive ? [] : [["drop statement", node.start, node.end, ";"]]),
  ReturnStatement: ({ argument }) => (argument ? [["return nothing", argument.start, argument.end, "undefined"]] : []),
  Literal: (node) =>
    typeof node.value === "number" ? [["number + 1", node.start, node.end, String(node.value + 1)]] : [],
  CallExpression: ({ arguments: [one, two] }, text) =>
    two ? [["swap arguments", one.start, two.end, `${piece(two, text)}, ${piece(one, text)}`]] : [],
};

const piece = (node, text) => text.slice(node.start, node.end);

function swap(node, text) {
  const other = SWAPPED[node.operator], at = operatorAt(node, text);
  return other ? [[`${node.operator} to ${other}`, at, at + node.operator.length, other]] : [];
}

/** Every node below a node, itself included. */
function* nodes(node) {
  if (Array.isArray(node)) for (const child of node) yield* nodes(child);
  else if (node && typeof node === "object") {
    if (typeof node.type === "string") yield node;
    for (const [key, child] of Object.entries(node)) if (key !== "loc") yield* nodes(child);
  }
}

/** Every change that can be made to a file. */
function* changes(file) {
  const text = readFileSync(file, "utf8");
  for (const node of nodes(parse(text, { ecmaVersion: "latest", sourceType: "module", locations: true }))) {
    for (const [change, from, to, fresh] of CHANGES[node.type]?.(node, text) ?? []) {
      yield { file, line: node.loc.start.line, change, text: text.slice(0, from) + fresh + text.slice(to) };
    }
  }
}

/** A generator of numbers from 0 to 1 (mulberry32), so that a seed always draws the same sample. */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const [seed, count, ...files] = process.argv.slice(2);
const all = files.flatMap((file) => [...changes(file)]), draw = dice(Number(seed));
for (let drawn = 0; drawn < Number(count) && all.length > 0; drawn += 1) {
  const [mutant] = all.splice(Math.floor(draw() * all.length), 1);
  process.stdout.write(`${JSON.stringify(mutant)}\n`);
}
