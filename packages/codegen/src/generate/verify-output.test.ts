import { expect, test } from "vitest";
import { verifyOutput } from "./verify-output.js";

test.each([
  'import type { A } from "./a.js";\nexport interface B { a: A; "x-y"?: string }\ntype C = B & { [key: string]: unknown };',
  'export const x = { a: "b", "c-d": [1, -1, true, null], ["__proto__"]: {} } as const satisfies object;',
  "export {};",
  'import { a, type B } from "@connectry/core";\nexport const x = { b: a } satisfies B;',
  'import { a, type B } from "@connectry/core";\nexport const x = { a, "c-d": { e: a } } satisfies B;',
])("types and literals are accepted: %j", (text) => {
  expect(() => verifyOutput("a.ts", text)).not.toThrow();
});

test.each([
  ["alert(1);", /a\.ts, line 1: this is neither a type nor a literal/],
  ["\n\nexport const a = alert(1);", /line 3/],
  ["export const a = `x$\u007Balert(1)}`;", /neither/],
  ["export const a = { b: alert };", /neither/],
  ["export const a = { [alert(1)]: 1 };", /neither/],
  ["export const a = { get b() { return 1 } };", /neither/],
  ["export const a = { b() {} };", /neither/],
  ["export const a = { ...b };", /neither/],
  ["export const a = { b };", /neither/],
  ["export let a = 1;", /neither/],
  ["export const [a] = [1];", /neither/],
  ["export enum A { B }", /neither/],
  ["export class A {}", /neither/],
  ["export function a() {}", /neither/],
  ["namespace A { alert(1) }", /neither/],
  ['import "./a.js";', /neither/],
  ['import { a } from "./a.js";', /neither/],
  ['import a from "@connectry/core";', /neither/],
  ['import * as a from "@connectry/core";', /neither/],
  ['import { a } from "@connectry/core/x";', /neither/],
  ['import { a } from "@connectry/core"; export const b = a();', /neither/],
  ['import { a } from "@connectry/core"; export const b = a.c;', /neither/],
  ['import { a } from "@connectry/core"; export const b = { c: d };', /neither/],
  ['export { a } from "./a.js";', /neither/],
  ['export * from "./a.js";', /neither/],
  ["export default 1;", /neither/],
  ["export interface A { b: ", /line 1: /],
  ['export const a = "unterminated', /Unterminated string literal/],
])("the output %j is rejected", (text, message) => {
  expect(() => verifyOutput("a.ts", text)).toThrow(message);
});
