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

  test("reads the shapes of errors that are formed in another way, the most common first", () => {
    // As in Figma's document: most have `status` and `err`, others `error`, `status` and `message`.
    const usual = object({ status: whole, err: text });
    const other = object({ error: { type: "boolean" }, status: whole, message: text });
    const responses = { 200: json(list), 400: json(usual), 403: json(usual), 404: json(usual), 429: json(other) };
    expect(draft(pets({ responses })).value.errors).toEqual({
      message: ["err"],
      otherShapes: [{ message: ["message"] }],
    });
  });

  test.each([
    ["the document describes no errors", pets(), /not described in the document/],
    ["the message has an unusual path", withError(object({ oops: whole })), /at an unusual path/],
  ])("adds a TODO where %s", (_, document, pattern) => {
    expect(draft(document).todos.errors).toMatch(pattern);
  });

  test("leaves out a shape that few errors have: it is that of a gateway, or a mistake", () => {
    const statuses = [400, 401, 403, 404, 405, 409, 410, 412, 415, 429];
    const usual = statuses.map((status) => [status, json(object({ message: text }))]);
    const responses = { 200: json(list), ...Object.fromEntries(usual), 502: json(object({ detail: text })) };
    expect(draft(pets({ responses })).value.errors).toEqual({ message: ["message"] });
  });
});
