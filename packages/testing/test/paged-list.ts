import type { Pagination, ProviderProfile } from "@connectry/core";
import { expect } from "vitest";
import { acmeProfile } from "./acme.js";

const item = { type: "object", required: ["id"], properties: { id: { type: "integer" }, name: { type: "string" } } };
/** The schema of a list of things. */
export const list = { type: "array", items: item };
/** The schema of a string. */
export const text = { type: "string" };
/** A query parameter. */
export const parameter = (name: string, schema: object = { type: "integer" }) => ({ name, in: "query", schema });
/** The responses of an operation that returns JSON of a schema. */
export const responsesOf = (schema: object) => ({
  200: { description: "", content: { "application/json": { schema } } },
});

/** A profile with pagination styles. */
export function profileOf(...pagination: Pagination[]): ProviderProfile {
  return { ...acmeProfile, baseUrl: "https://x.test", auth: { kind: "bearer", env: "X" }, pagination };
}

/** A document with one list. */
export function documentOf(parameters: object[], schema: object, path = "/things") {
  return { openapi: "3.0.3", paths: { [path]: { get: { parameters, responses: responsesOf(schema) } } } };
}

/** A page as it was received. */
export interface Page {
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** Reads a page, and expects a 200. */
export async function read(url: string, init: RequestInit = {}): Promise<Page> {
  const response = await fetch(url, {
    ...init,
    headers: { authorization: "Bearer x", "content-type": "application/json" },
  });
  const body = (await response.json()) as Record<string, unknown>;
  expect(response.status, JSON.stringify(body)).toBe(200);
  return { body, headers: response.headers };
}

/** The ids of items. */
export const ids = (items: unknown) => (items as { id: unknown }[]).map(({ id }) => id);
