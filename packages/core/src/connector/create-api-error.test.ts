import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { ApiError } from "../errors/api-error.js";
import type { ProviderProfile } from "./profile.js";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "HEAD";

async function errorOf(
  status: number,
  body?: unknown,
  {
    headers = {},
    method = "GET",
    profile = {},
  }: { headers?: Record<string, string>; method?: Method; profile?: Partial<ProviderProfile> } = {},
): Promise<ApiError> {
  const text = body === undefined || typeof body === "string" ? (body as string | undefined) : JSON.stringify(body);
  const { fetch } = stubFetch(() => new Response(text ?? null, { status, headers }));
  return rejection<ApiError>(
    createAcme({ fetch, maxAttempts: 1 }, profile)[method](
      "/things",
      method === "GET" || method === "HEAD" ? {} : { body: {} },
    ),
  );
}

test.each([
  [300, "ApiError"],
  [400, "BadRequestError"],
  [401, "AuthenticationError"],
  [402, "ApiError"],
  [403, "PermissionDeniedError"],
  [404, "NotFoundError"],
  [408, "ApiError"],
  [409, "ConflictError"],
  [418, "ApiError"],
  [422, "UnprocessableEntityError"],
  [429, "RateLimitError"],
  [500, "InternalServerError"],
  [503, "InternalServerError"],
  [529, "InternalServerError"],
])("status %i is %s", async (status, name) => {
  expect(await errorOf(status)).toMatchObject({ name, status, operation: "GET /things" });
});

test("a 403 that a rule knows as a rate limit is a RateLimitError", async () => {
  const profile = { retry: { rules: [{ when: { status: 403 }, verdict: "throttled" as const, waitMs: 60_000 }] } };
  expect(await errorOf(403, undefined, { profile })).toMatchObject({
    name: "RateLimitError",
    status: 403,
    retryAfterMs: 60_000,
  });
});

describe("the message", () => {
  const said = { error: { message: "No such customer.", code: "resource_missing" } };

  test("says provider, operation, status, code, what the provider said, and its request id", async () => {
    expect((await errorOf(404, said, { headers: { "request-id": "req_1" } })).message).toBe(
      "GET /things: Acme answered 404 resource_missing: No such customer. Request req_1.",
    );
  });

  test("of little, says little", async () => {
    expect((await errorOf(404)).message).toBe("GET /things: Acme answered 404.");
    expect((await errorOf(404, {})).message).toBe("GET /things: Acme answered 404.");
    expect((await errorOf(502, "<html>bad gateway</html>")).message).toBe("GET /things: Acme answered 502.");
  });

  test.each([
    [401, /Check the credential\.$/],
    [429, /`retryAfterMs`/],
  ])("of a %i says what to do", async (status, advice) => {
    expect((await errorOf(status, said)).message).toMatch(advice);
  });

  test("says how many attempts were made", async () => {
    const { fetch } = stubFetch(() => Response.json(said, { status: 503 }));
    const error = await rejection<ApiError>(createAcme({ fetch, random: () => 0 }).GET("/things"));
    expect(error.message).toContain("3 attempts");
    expect(error.attempts).toHaveLength(3);
  });

  test("is bounded, whatever the provider says", async () => {
    expect(
      (await errorOf(400, { error: { message: "x".repeat(100_000), code: "y".repeat(100_000) } })).message.length,
    ).toBeLessThan(1_200);
  });

  test.each([
    [{ error: { message: { nested: 1 }, code: ["x"] } }],
    [{ error: "text" }],
    [[]],
    [7],
    ["null"],
    [{ error: null }],
  ])("survives %j in place of an error", async (body) => {
    const error = await errorOf(400, body);
    expect(error.message).toBe("GET /things: Acme answered 400.");
    expect(error.code).toBeUndefined();
  });

  test("R47: nothing inherited is taken for what the provider said", async () => {
    const profile = { errors: { message: ["constructor", "name"], code: ["__proto__", "x"] } } as const;
    expect((await errorOf(400, {}, { profile })).message).toBe("GET /things: Acme answered 400.");
  });
});

describe("the error", () => {
  test("carries code, request id, body and headers", async () => {
    const body = { error: { message: "m", code: 20429 } };
    const error = await errorOf(400, body, { headers: { "request-id": "req_1", "x-more": "1" } });
    expect(error).toMatchObject({ code: "20429", requestId: "req_1", body, outcome: "not-applied" });
    expect(error.headers.get("x-more")).toBe("1");
  });

  test("has a body that is text where it is no JSON, and none where it is empty", async () => {
    expect((await errorOf(502, "<html>")).body).toBe("<html>");
    expect((await errorOf(502, "")).body).toBeUndefined();
    expect((await errorOf(404, undefined, { method: "HEAD" })).body).toBeUndefined();
  });

  test("R5: says how long the provider asked to wait, also where that is longer than allowed", async () => {
    expect((await errorOf(429, {}, { headers: { "retry-after": "3600" } })).retryAfterMs).toBe(3_600_000);
    expect((await errorOf(503, {}, { headers: { "retry-after": "2" } })).retryAfterMs).toBe(2_000);
    expect((await errorOf(429)).retryAfterMs).toBeUndefined();
  });

  test.each<[Method, number, string]>([
    ["GET", 500, "not-applied"],
    ["POST", 500, "unknown"],
    ["PUT", 503, "unknown"],
    ["PATCH", 500, "unknown"],
    ["PATCH", 408, "unknown"],
    ["PATCH", 400, "not-applied"],
    ["PATCH", 429, "not-applied"],
  ])("R6: of a %s with status %i has the outcome %s", async (method, status, outcome) => {
    const error = await errorOf(status, {}, { method });
    expect(error.outcome).toBe(outcome);
    expect(error.message.includes("may have been applied")).toBe(outcome === "unknown");
  });

  test("shows its body when printed, and its headers only when asked", async () => {
    const error = await errorOf(
      400,
      { error: { message: "m", param: "amount" } },
      { headers: { "set-cookie": "session=1" } },
    );
    expect(inspect(error, { depth: 5 })).toContain("amount");
    expect(inspect(error, { depth: 5 })).not.toContain("session=1");
    expect(JSON.stringify(error)).not.toContain("session=1");
    expect(error.headers.get("set-cookie")).toBe("session=1");
  });
});

test("a code of the provider's decides the class, where its profile says what status it stands for", async () => {
  const rules = [{ when: { body: { at: ["ok"], equals: false } }, verdict: "failed" }] as const;
  const errors = {
    message: ["error"],
    code: ["error"],
    requestId: ["id"],
    statuses: { invalid_auth: 401, fatal_error: 500 },
  } as const;
  const of = (error: string) =>
    errorOf(200, { ok: false, error, id: "req_1" }, { method: "PATCH", profile: { retry: { rules }, errors } });
  expect(await of("invalid_auth")).toMatchObject({
    name: "AuthenticationError",
    status: 200,
    requestId: "req_1",
    outcome: "not-applied",
  });
  expect(await of("fatal_error")).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(await of("other")).toMatchObject({ name: "ApiError" });
  // R47: what an object inherits is no status.
  expect(await of("constructor")).toMatchObject({ name: "ApiError" });
});

test("an answer that is a failure by the profile's rules is an error, whatever its status", async () => {
  const profile = {
    retry: { rules: [{ when: { body: { at: ["ok"], equals: false } }, verdict: "failed" }] },
    errors: { message: ["error"], code: ["error"] },
  } as const;
  const error = await errorOf(200, { ok: false, error: "channel_not_found" }, { profile });
  expect(error).toMatchObject({ name: "ApiError", status: 200, code: "channel_not_found" });
  expect(error.message).toMatch(/channel_not_found/);
});
