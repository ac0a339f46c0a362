import { expect, test } from "vitest";
import { draft, pets } from "../../test/draft-pets.js";

/** What is drafted for a document with `GET /files/{path}` and this parameter. */
function draftOf(parameter: object) {
  const document = pets();
  const parameters = [{ name: "path", in: "path", required: true, schema: { type: "string" }, ...parameter }];
  Object.assign(document.paths, { "/files/{path}": { get: { parameters, responses: {} } } });
  const { value, todos } = draft(document);
  return { value: value.multiSegment, todos: (todos as Record<string, unknown>).multiSegment };
}

test.each<[string, object]>([
  ["an example", { example: "docs/intro.md" }],
  ["one of several examples", { examples: { short: { value: "a" }, long: { value: "docs/intro.md" } } }],
  ["an example of its schema", { schema: { type: "string", example: "docs/intro.md" } }],
  ["an example of its schema in OpenAPI 3.1", { schema: { type: "string", examples: ["docs/intro.md"] } }],
  ["a default", { schema: { type: "string", default: "docs/intro.md" } }],
  ["a fixed value", { schema: { type: "string", enum: ["none", "docs/intro.md"] } }],
  ["a pattern", { schema: { type: "string", pattern: "^projects/[^/]+$" } }],
  ["a description", { description: "The path. It may contain slashes." }],
])("a path parameter whose slashes are shown by %s becomes a TODO of the profile", (_, parameter) => {
  const { value, todos } = draftOf(parameter);
  expect(value).toEqual([]);
  expect(todos).toBe(
    'the document shows slashes in "path" of GET /files/{path}. If they separate segments, add the name: else a slash is encoded.',
  );
});

test.each<[string, object]>([
  ["nothing shows a slash", { example: "intro.md" }],
  ["its pattern excludes slashes", { schema: { type: "string", pattern: "^[^/]+$" } }],
  ["its description excludes them", { description: "The name, without slashes." }],
  ["the document marks it", { example: "docs/intro.md", "x-multi-segment": true }],
  ["it is in the query", { in: "query", example: "docs/intro.md" }],
])("a parameter gets no comment where %s", (_, parameter) => {
  expect(draftOf(parameter)).toEqual({ value: undefined, todos: undefined });
});
