import { expect, test } from "vitest";
import { loadedDocument } from "../../../test/sample-input.js";
import { verifyOutput } from "../verify-output.js";
import { writeSchema } from "./write-schema.js";

const documentOf = (name: string) => ({ ...loadedDocument({ paths: {} }), name });

test("the types of one document are exported as they are", () => {
  const text = writeSchema([documentOf("acme")]);
  verifyOutput("schema.ts", text);
  expect(text).toContain("export type paths = D0.paths;\n");
  expect(text).toContain("export type components = D0.components;\n");
});

test("those of several are joined, and of two with one name the first is taken", () => {
  const text = writeSchema([documentOf("api"), documentOf("verify"), documentOf("third")]);
  verifyOutput("schema.ts", text);
  expect(text).toContain("export type paths = Join<Join<D0.paths, D1.paths>, D2.paths>;\n");
  expect(text).toContain(
    '  schemas: Join<Join<D0.components["schemas"], D1.components["schemas"]>, D2.components["schemas"]>;\n',
  );
});
