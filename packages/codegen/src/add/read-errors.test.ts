import { describe, expect, test } from "vitest";
import { draft, type Json, json, list, object, pets, text, whole } from "../testing/draft-pets.js";

describe("errors", () => {
  const failing = (schema: unknown) => pets({ responses: { 200: json(list), 400: json(schema) } });

  test.each<[string, unknown, Json]>([
    ["flat", object({ message: text, code: text }), { message: ["message"], code: ["code"] }],
    [
      "in a list",
      object({ errors: { type: "array", items: object({ message: text, code: whole }) } }),
      { message: ["errors", 0, "message"], code: ["errors", 0, "code"] },
    ],
    ["RFC 9457", object({ type: text, title: text, detail: text }), { message: ["detail"], code: ["type"] }],
    ["OAuth", object({ error: text, error_description: text }), { message: ["error_description"], code: ["error"] }],
    [
      "composed",
      { allOf: [object({ message: text }), object({ requestId: text })] },
      { message: ["message"], requestId: ["requestId"] },
    ],
  ])("%s", (_, schema, errors) => {
    expect(draft(failing(schema))).toMatchObject({ value: { errors } });
    expect(draft(failing(schema)).open.errors).toBeUndefined();
  });

  test.each([
    [pets(), /nowhere in the document/],
    [failing(object({ oops: whole })), /in no place that is usual/],
  ])("are marked where they are not described", (document, pattern) => {
    expect(draft(document).open.errors).toMatch(pattern);
  });
});
