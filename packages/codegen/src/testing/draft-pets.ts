import { draftProfile } from "../add/draft-profile.js";
import { readOperations } from "../generate/operations/read-operations.js";

/** A piece of a document. */
export type Json = Readonly<Record<string, unknown>>;

/** Schemas, from which a test makes those that it needs. */
export const text = { type: "string" };
export const whole = { type: "integer" };
export const object = (properties: Json) => ({ type: "object", properties });
export const list = { type: "array", items: text };

/** An answer in JSON. */
export const json = (schema: unknown, more: Json = {}) => ({
  description: "",
  content: { "application/json": { schema } },
  ...more,
});

/** Query parameters, numbers where their name says so. */
export const query = (...names: string[]) =>
  names.map((name) => ({ name, in: "query", schema: /page$|limit|offset|size/i.test(name) ? whole : text }));

/** A document with one `GET /pets`. */
export const pets = (operation: Json = {}, more: Json = {}) => ({
  openapi: "3.0.3",
  info: { title: "Acme", version: "1" },
  servers: [{ url: "https://api.acme.test/v1" }],
  paths: { "/pets": { get: { responses: { 200: json(list) }, ...operation } } },
  ...more,
});

/** The fields that are drafted of a document: their values, and what is left open about them. */
export function draft(document: Json, origin = "acme.json") {
  const loaded = { name: "acme", origin, json: document };
  const none = { headers: new Set<string>(), query: new Set<string>() };
  const fields = draftProfile({ id: "acme", document: loaded, operations: readOperations(loaded, none) }, "Acme");
  const value = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const open = Object.fromEntries(
    fields.filter((field) => field.open.length > 0).map((field) => [field.name, field.open.join(" ")]),
  );
  return { value, open };
}
