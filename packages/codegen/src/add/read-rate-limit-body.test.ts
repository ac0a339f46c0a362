import { expect, test } from "vitest";
import { draft, json, object, pets, text, whole } from "../../test/draft-pets.js";

// As in https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/PropertyQuota
const status = object({ consumed: whole, remaining: whole });
const propertyQuota = object({ tokensPerDay: status, tokensPerHour: status, concurrentRequests: status });

test("quotas in the responses are drafted with the windows that their names have", () => {
  const { value, todos } = draft(pets({ responses: { 200: json(object({ propertyQuota })) } }));
  expect(value.rateLimitBody).toEqual([
    { remaining: ["propertyQuota", "tokensPerDay", "remaining"], reset: { windowMs: 86_400_000 } },
    { remaining: ["propertyQuota", "tokensPerHour", "remaining"], reset: { windowMs: 3_600_000 } },
  ]);
  expect(todos.rateLimitBody).toMatch(/^the windows are read from the names/);
});

test("what has no number of that name is not a quota", () => {
  const none = object({
    pricePerHour: whole,
    emailsPerDay: object({ remaining: text }),
    perDay: object({ left: whole }),
  });
  expect(draft(pets({ responses: { 200: json(none) } })).value).not.toHaveProperty("rateLimitBody");
});
