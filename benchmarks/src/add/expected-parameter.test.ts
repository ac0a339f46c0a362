import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedParameter } from "./expected-parameter.ts";

const blue = ["blue", "black", "brown"];
const rgb = { R: 100, G: 200, B: 150 };

// https://spec.openapis.org/oas/v3.1.1.html#style-examples
const rows: [
  place: string,
  style: string,
  explode: boolean,
  text: string | undefined,
  list?: string,
  object?: string,
][] = [
  ["path", "matrix", false, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
  ["path", "matrix", true, ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
  ["path", "label", false, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
  ["path", "label", true, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
  ["path", "simple", false, "blue", "blue,black,brown", "R,100,G,200,B,150"],
  ["header", "simple", true, "blue", "blue,black,brown", "R=100,G=200,B=150"],
  ["query", "form", false, "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
  ["query", "form", true, "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
  ["query", "spaceDelimited", false, undefined, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
  ["query", "pipeDelimited", false, undefined, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
  ["query", "deepObject", true, undefined, undefined, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
];

for (const [place, style, explode, text, list, object] of rows)
  test(`${style} in ${place}, explode ${explode}, as the examples of OpenAPI`, () => {
    const parameter = { name: "color", in: place, style, explode };
    assert.equal(expectedParameter(parameter, "blue"), text);
    assert.equal(expectedParameter(parameter, blue), list);
    assert.equal(expectedParameter(parameter, rgb), object);
  });

test("what OpenAPI does not define is not expected", () => {
  assert.equal(expectedParameter({ name: "a", in: "query" }, [{ b: 1 }]), undefined);
  assert.equal(expectedParameter({ name: "a", in: "query", content: { "application/xml": {} } }, "b"), undefined);
});

test("values are percent-encoded, and JSON is one value", () => {
  assert.equal(expectedParameter({ name: "a", in: "query" }, "b c/é!"), "a=b%20c%2F%C3%A9%21");
  assert.equal(expectedParameter({ name: "a", in: "query", content: { "application/json": {} } }, [1]), "a=%5B1%5D");
});
