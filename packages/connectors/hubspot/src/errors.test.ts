import { readFile } from "node:fs/promises";
import { expect, expectTypeOf, test } from "vitest";
import type { components_contacts } from "./generated/types.js";
import { createHubspot, isErrorOf, NotFoundError } from "./index.js";

const { errors } = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));
type HubspotError = components_contacts["schemas"]["Error"];

const hubspot = createHubspot({
  auth: "pat-test",
  fetch: async () => Response.json(errors[404].response.body, { status: 404 }),
});
const path = "/crm/v3/objects/contacts/{contactId}";
const init = { params: { path: { contactId: "123" } } };

test("every class has HubSpot's error, which the document has for all statuses", async () => {
  const { error } = await hubspot.safe.GET(path, init);
  if (!NotFoundError.isInstance(error)) throw new Error("not a NotFoundError");
  expectTypeOf(error).toEqualTypeOf<NotFoundError<HubspotError>>();
  expect([error.body.category, error.body.context]).toEqual(["OBJECT_NOT_FOUND", { id: ["123"] }]);
});

test("a thrown error has the same types, once its operation is known", async () => {
  const thrown = await hubspot.GET(path, init).catch((error: unknown) => error);
  if (!isErrorOf(hubspot, { method: "GET", path }, thrown) || thrown.name !== "NotFoundError")
    throw new Error("another error");
  expectTypeOf(thrown.body).toEqualTypeOf<HubspotError>();
  expect(thrown.body.correlationId).toBe("a2d3acb6-f78c-476e-9811-860509ae9e20");
});
