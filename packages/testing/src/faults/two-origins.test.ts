import { expect, test } from "vitest";
import { twoOrigins } from "./two-origins.js";

test("a redirect leads from the first origin to the second, and both record their requests", async () => {
  await using origins = await twoOrigins();
  origins.redirect(307, "/target");
  const response = await fetch(`${origins.first.url}/start`, {
    method: "POST",
    body: "data",
    headers: { "x-api-key": "canary" },
  });
  expect(response.url).toBe(`${origins.second.url}/target`);
  expect(new URL(origins.first.url).origin).not.toBe(new URL(origins.second.url).origin);
  expect(origins.first.requests).toMatchObject([{ path: "/start", status: 307 }]);
  // The platform's fetch forwards the header and the body, which a connector must not.
  expect(origins.second.requests).toMatchObject([{ path: "/target", method: "POST", body: "data" }]);
  expect(origins.second.requests[0]?.headers["x-api-key"]).toBe("canary");
});
