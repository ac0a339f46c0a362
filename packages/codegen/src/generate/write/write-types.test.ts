import { expect, test } from "vitest";
import { writeTypes } from "./write-types.js";

const module = (name: string, ...types: string[]) => ({
  name,
  text: `export interface paths {}\nexport interface components {\n  schemas: {};\n}\n${types.map((type) => `export type ${type} = {};\n`).join("")}`,
});

test("the schemas of one document are exported by their names", () => {
  expect(writeTypes([module("acme", "A")])).toContain('\nexport type * from "./schemas/acme.js";\n');
});

test("of a name that several documents have, the later ones carry the name of their document", () => {
  const types = writeTypes([module("api", "A", "B"), module("2-b", "A", "C")]);
  expect(types).toContain('export type { components, A, B } from "./schemas/api.js";\n');
  expect(types).toContain('export type { components as components_2_b, A as A_2_b, C } from "./schemas/2-b.js";\n');
});
