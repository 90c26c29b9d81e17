// Tests where web addresses in a text begin and end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CARD_FILES, openPage } from "../page.mjs";

const { Links } = openPage({ files: CARD_FILES });

for (const [text, address] of [
  ["see https://a.example/wiki/Kiln_(furnace) there", "https://a.example/wiki/Kiln_(furnace)"],
  ["(see https://a.example/wiki/Kiln_(furnace)).", "https://a.example/wiki/Kiln_(furnace)"],
  ["https://a.example/?q=pot_(blue).", "https://a.example/?q=pot_(blue)"],
  ["https://a.example/it's-fired", "https://a.example/it's-fired"],
  ["'https://a.example/pots'", "https://a.example/pots"],
  ["[https://a.example/pots], and", "https://a.example/pots"],
  ["「https://a.example/pots」です", "https://a.example/pots"],
  ["（https://a.example/pots）です", "https://a.example/pots"],
  ["https://a.example/pots。つぎ", "https://a.example/pots"],
  ["https://a.example/陶芸（窯）", "https://a.example/陶芸（窯）"],
  ["„https://a.example/pots“", "https://a.example/pots"],
  ["**https://a.example/pots**", "https://a.example/pots"],
  ["https://a.example/pots… more", "https://a.example/pots"],
  ["https://a.example/?q='blue'", "https://a.example/?q='blue'"],
  ["'https://a.example/it's'", "https://a.example/it's"],
  ["https://a.example/pots\u200band", "https://a.example/pots"],
  ["Https://a.example/pots", "Https://a.example/pots"],
]) {
  test(`the link of ${text} ends where the address does`, () => {
    assert.deepEqual([...Links.linked(text)].map((piece) => piece.href).filter(Boolean), [address]);
  });
}

test("addresses in a note become links without the stop after them, and nothing else does", () => {
  assert.deepEqual(
    [...Links.linked("See https://a.example/x?y=1. Or (http://b.example)!")].map((piece) => piece.href),
    [null, "https://a.example/x?y=1", null, "http://b.example", null],
  );
  assert.deepEqual([...Links.linked("javascript:alert(1) <b>")].map((piece) => piece.href), [null]);
  assert.deepEqual([...Links.linked("https://. or https://)")].map((piece) => piece.href), [null]);
  const text = "a https://x.example b";
  assert.equal([...Links.linked(text)].map((piece) => piece.text).join(""), text);
});
