import { draftProfile } from "../src/add/draft-profile.js";
import { readOperations } from "../src/generate/operations/read-operations.js";

/** A part of a document. */
export type Json = Readonly<Record<string, unknown>>;

/** Schemas, from which tests build others. */
export const text = { type: "string" };
export const whole = { type: "integer" };
export const object = (properties: Json) => ({ type: "object", properties });
export const list = { type: "array", items: text };

/** A response in JSON. */
export const json = (schema: unknown, more: Json = {}) => ({
  description: "",
  content: { "application/json": { schema } },
  ...more,
});

/** Query parameters; those with the name of a number are integers. */
export const query = (...names: string[]) =>
  names.map((name) => ({ name, in: "query", schema: /page$|limit|offset|size/i.test(name) ? whole : text }));

/** A document with one operation, `GET /pets`. */
export const pets = (operation: Json = {}, more: Json = {}) => ({
  openapi: "3.0.3",
  info: { title: "Acme", version: "1" },
  servers: [{ url: "https://api.acme.test/v1" }],
  paths: { "/pets": { get: { responses: { 200: json(list) }, ...operation } } },
  ...more,
});

/** The profile fields that are drafted from a document: their values, and what is open about them. */
export function draft(document: Json, origin = "acme.json") {
  const loaded = { name: "acme", origin, json: document };
  const none = { headers: new Set<string>(), query: new Set<string>() };
  const fields = draftProfile({ id: "acme", document: loaded, operations: readOperations(loaded, none) }, "Acme");
  const value = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const todos = Object.fromEntries(
    fields.filter((field) => field.todos.length > 0).map((field) => [field.name, field.todos.join(" ")]),
  );
  return { value, todos };
}
