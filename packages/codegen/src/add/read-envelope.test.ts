import { expect, test } from "vitest";
import { draft, type Json, json, list, object, pets, text, whole } from "../../test/draft-pets.js";

/** A document with an operation for each success. */
function document(...successes: readonly unknown[]) {
  const paths = successes.map((schema, index) => [`/things/${index}`, { get: { responses: { 200: json(schema) } } }]);
  return pets({}, { paths: Object.fromEntries(paths) });
}
const single = object({ gid: text });
const nextPage = object({ offset: text, path: text, uri: text });

test.each<[vendor: string, document: Json, envelope: Json, kept: string]>([
  [
    "Asana, whose events have more beside their data: https://github.com/Asana/openapi/blob/master/defs/asana_oas.yaml",
    document(
      object({ data: single }),
      object({ data: single }),
      object({ data: list, next_page: nextPage }),
      object({ data: list, sync: text, has_more: { type: "boolean" } }),
    ),
    { field: "data", beside: ["next_page"] },
    "1 of 4 operations keep their envelope",
  ],
  [
    "Cloudflare: https://developers.cloudflare.com/fundamentals/api/reference/responses/",
    document(
      object({ success: { type: "boolean" }, errors: list, messages: list, result: single }),
      object({ success: { type: "boolean" }, errors: list, messages: list, result: list, result_info: object({}) }),
    ),
    { field: "result", beside: ["errors", "messages", "result_info", "success"] },
    "0 of 2 operations keep their envelope",
  ],
])("the envelope of %s", (...[, source, envelope, kept]) => {
  const { value, todos } = draft(source);
  expect(value.envelope).toEqual(envelope);
  expect(todos.envelope).toContain(kept);
});

test.each<[string, Json]>([
  ["lists alone are in an object, as Stripe's", document(object({ data: list, has_more: whole }), single, single)],
  ["all are lists, as Clerk's", document(object({ data: list }), object({ data: list }), object({ data: list }))],
  ["the objects have a member of that name themselves", document(object({ id: text, result: text }), single)],
  ["nothing responds with JSON", pets({ responses: { 204: { description: "" } } })],
])("no envelope is drafted where %s", (_, source) => {
  expect(draft(source).value.envelope).toBeUndefined();
});
