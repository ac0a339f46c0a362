import { beforeAll, expect, test } from "vitest";
import { findTypeErrors } from "../src/generate/check/find-type-errors.js";
import { cleanDocument } from "../src/generate/schemas/clean-document.js";
import { writeSchemaTypes } from "../src/generate/schemas/schema-types.js";
import { loadedDocument, readNamed } from "./sample-input.js";

/** A small document, and the values that the type of its schema `It` must accept and refuse, as TypeScript. */
export interface TypeCase {
  readonly title: string;
  readonly openapi?: string;
  /** The schemas beside `It`. */
  readonly schemas?: Record<string, unknown>;
  readonly it: unknown;
  /** The type of the values. @default `components["schemas"]["It"]` */
  readonly type?: string;
  readonly paths?: Record<string, unknown>;
  readonly accepts?: readonly string[];
  readonly refuses?: readonly string[];
  /** Statements that compile, about a value `it`. */
  readonly reads?: readonly string[];
}

/** One test for each case; all of them are compiled together, by the compiler that generated code is checked with. */
export function testTypes(cases: readonly TypeCase[]): void {
  let errors: readonly string[] = [];
  beforeAll(() => {
    const files = cases.flatMap((one, index) => [
      [`case${index}/schema.ts`, writeTypes(one)] as const,
      [`case${index}/program.ts`, writeProgram(one)] as const,
    ]);
    errors = findTypeErrors(new Map(files));
  });
  test.each(cases.map((one, index) => [one.title, index] as const))("%s", (_title, index) => {
    expect(errors.filter((error) => error.startsWith(`case${index}/`))).toEqual([]);
  });
}

/** The generated types of a case. */
export function writeTypes({ openapi = "3.1.0", schemas, it, paths = {} }: TypeCase): string {
  const document = loadedDocument({ openapi, paths, components: { schemas: { ...schemas, It: it } } });
  return writeSchemaTypes(cleanDocument(document, readNamed([document])));
}

function writeProgram({
  type = 'components["schemas"]["It"]',
  accepts = [],
  refuses = [],
  reads = [],
}: TypeCase): string {
  return [
    'import type { components, operations } from "./schema.js";',
    `type It = ${type};`,
    ...accepts.map((value, index) => `export const yes${index}: It = ${value};`),
    ...refuses.map((value, index) => `// @ts-expect-error refused\nexport const no${index}: It = ${value};`),
    ...reads.map((statement, index) => `export function read${index}(it: It) { ${statement} }`),
    "export type Used = [It, components, operations];",
  ].join("\n");
}
