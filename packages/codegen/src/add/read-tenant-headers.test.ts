import { expect, test } from "vitest";
import { draft, pets, text } from "../../test/draft-pets.js";

const header = (name: string) => ({ name, in: "header", schema: text });

test.each([
  // Of the documents of Xero, Box and SendGrid.
  [["xero-tenant-id", "Idempotency-Key"], ["xero-tenant-id"]],
  [["as-user", "If-Match"], ["as-user"]],
  [["on-behalf-of"], ["on-behalf-of"]],
  [["x-request-id", "accept-language"], undefined],
])("of the headers %j, those with a tenant are %j", (names, expected) => {
  const { value, todos } = draft(pets({ parameters: names.map(header) }));
  expect(value.tenantHeaders).toEqual(expected);
  expect(todos.tenantHeaders).toBe(
    expected && "keep those of these headers whose values have rate limits of their own.",
  );
});
