import { expect, test } from "vitest";
import { twoOrigins } from "./two-origins.js";

test("a redirect leads from the first origin to the second, and both record what they saw", async () => {
  await using origins = await twoOrigins();
  origins.redirect(307, "/stolen");
  const response = await fetch(`${origins.first.url}/start`, {
    method: "POST",
    body: "data",
    headers: { "x-api-key": "canary" },
  });
  expect(response.url).toBe(`${origins.second.url}/stolen`);
  expect(new URL(origins.first.url).origin).not.toBe(new URL(origins.second.url).origin);
  expect(origins.first.requests).toMatchObject([{ path: "/start", status: 307 }]);
  // The platform's fetch hands both on, which is what a client must not.
  expect(origins.second.requests).toMatchObject([{ path: "/stolen", method: "POST", body: "data" }]);
  expect(origins.second.requests[0]?.headers["x-api-key"]).toBe("canary");
});
