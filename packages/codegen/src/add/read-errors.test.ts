import { describe, expect, test } from "vitest";
import { draft, type Json, json, list, object, pets, text, whole } from "../../test/draft-pets.js";

describe("readErrors", () => {
  const withError = (schema: unknown) => pets({ responses: { 200: json(list), 400: json(schema) } });

  test.each<[string, unknown, Json]>([
    ["a flat object", object({ message: text, code: text }), { message: ["message"], code: ["code"] }],
    [
      "a list of errors",
      object({ errors: { type: "array", items: object({ message: text, code: whole }) } }),
      { message: ["errors", 0, "message"], code: ["errors", 0, "code"] },
    ],
    [
      "the format of RFC 9457",
      object({ type: text, title: text, detail: text }),
      { message: ["detail"], code: ["type"] },
    ],
    [
      "the format of OAuth",
      object({ error: text, error_description: text }),
      { message: ["error_description"], code: ["error"] },
    ],
    [
      "a composed schema",
      { allOf: [object({ message: text }), object({ requestId: text })] },
      { message: ["message"], requestId: ["requestId"] },
    ],
  ])("reads %s", (_, schema, errors) => {
    expect(draft(withError(schema))).toMatchObject({ value: { errors } });
    expect(draft(withError(schema)).todos.errors).toBeUndefined();
  });

  test.each([
    ["the document describes no errors", pets(), /not described in the document/],
    ["the message has an unusual path", withError(object({ oops: whole })), /at an unusual path/],
  ])("adds a TODO where %s", (_, document, pattern) => {
    expect(draft(document).todos.errors).toMatch(pattern);
  });

  test("adds a TODO where many errors have a second form", () => {
    const document = pets({
      responses: { 200: json(list), 400: json(object({ message: text })), 422: json(object({ detail: text })) },
    });
    expect(draft(document).value.errors).toEqual({ message: ["message"] });
    expect(draft(document).todos.errors).toMatch(/^1 of 2 errors have another form, most with the message at detail:/);
  });
});
