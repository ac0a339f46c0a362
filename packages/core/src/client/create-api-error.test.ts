import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { ApiError } from "../errors/api-errors.js";
import type { ProviderProfile } from "../provider/profile.js";

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
])("a response with status %i is thrown as %s", async (status, name) => {
  expect(await errorOf(status)).toMatchObject({ name, status, operation: "GET /things" });
});

test("a 403 that a rule classifies as throttled is thrown as RateLimitError", async () => {
  const profile = { retry: { rules: [{ when: { status: 403 }, verdict: "throttled" as const, waitMs: 60_000 }] } };
  expect(await errorOf(403, undefined, { profile })).toMatchObject({
    name: "RateLimitError",
    status: 403,
    retryAfterMs: 60_000,
  });
});

describe("the message of an ApiError", () => {
  const body = { error: { message: "No such customer.", code: "resource_missing" } };

  test("contains operation, provider, status, code, the provider's message and the request id", async () => {
    expect((await errorOf(404, body, { headers: { "request-id": "req_1" } })).message).toBe(
      "GET /things: Acme responded with 404 resource_missing: No such customer. Request req_1.",
    );
  });

  test("omits what the response does not contain", async () => {
    expect((await errorOf(404)).message).toBe("GET /things: Acme responded with 404.");
    expect((await errorOf(404, {})).message).toBe("GET /things: Acme responded with 404.");
    expect((await errorOf(502, "<html>bad gateway</html>")).message).toBe("GET /things: Acme responded with 502.");
  });

  test.each([
    [401, /Check the credential\.$/],
    [429, /`retryAfterMs`/],
  ])("of status %i says what to do", async (status, advice) => {
    expect((await errorOf(status, body)).message).toMatch(advice);
  });

  test("contains the number of attempts", async () => {
    const { fetch } = stubFetch(() => Response.json(body, { status: 503 }));
    const error = await rejection<ApiError>(createAcme({ fetch, random: () => 0 }).GET("/things"));
    expect(error.message).toContain("3 attempts");
    expect(error.attempts).toHaveLength(3);
  });

  test("has a bounded length, however long the texts of the provider are", async () => {
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
  ])("omits message and code where the body is %j", async (malformed) => {
    const error = await errorOf(400, malformed);
    expect(error.message).toBe("GET /things: Acme responded with 400.");
    expect(error.code).toBeUndefined();
  });

  test("R47: inherited properties are not taken for texts of the provider", async () => {
    const profile = { errors: { message: ["constructor", "name"], code: ["__proto__", "x"] } } as const;
    expect((await errorOf(400, {}, { profile })).message).toBe("GET /things: Acme responded with 400.");
  });
});

describe("an ApiError", () => {
  test("carries code, request id, body and headers", async () => {
    const body = { error: { message: "m", code: 20429 } };
    const error = await errorOf(400, body, { headers: { "request-id": "req_1", "x-more": "1" } });
    expect(error).toMatchObject({ code: "20429", requestId: "req_1", body, outcome: "not-applied" });
    expect(error.headers.get("x-more")).toBe("1");
  });

  test("has a text as its body where the response is not JSON, and undefined where it is empty", async () => {
    expect((await errorOf(502, "<html>")).body).toBe("<html>");
    expect((await errorOf(502, "")).body).toBeUndefined();
    expect((await errorOf(404, undefined, { method: "HEAD" })).body).toBeUndefined();
  });

  test("R5: carries the wait that the provider asked for, also where it is longer than allowed", async () => {
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
  ])("R6: an ApiError of a %s with status %i has the outcome %s", async (method, status, outcome) => {
    const error = await errorOf(status, {}, { method });
    expect(error.outcome).toBe(outcome);
    expect(error.message.includes("may have been applied")).toBe(outcome === "unknown");
  });

  test("shows its body when it is printed, and its headers only where code reads them", async () => {
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

test("a code of the provider decides the class of the error where the profile names a status for it", async () => {
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
  // R47: an inherited property is not a status.
  expect(await of("constructor")).toMatchObject({ name: "ApiError" });
});

test("a response that a rule of the profile classifies as failed is an error, whatever its status", async () => {
  const profile = {
    retry: { rules: [{ when: { body: { at: ["ok"], equals: false } }, verdict: "failed" }] },
    errors: { message: ["error"], code: ["error"] },
  } as const;
  const error = await errorOf(200, { ok: false, error: "channel_not_found" }, { profile });
  expect(error).toMatchObject({ name: "ApiError", status: 200, code: "channel_not_found" });
  expect(error.message).toMatch(/channel_not_found/);
});

describe("errors of several shapes", () => {
  // `{ status, err }`, or `{ error, status, message }`: https://developers.figma.com/docs/rest-api/errors/
  const figma = { message: ["err"], otherShapes: [{ message: ["message"] }] };
  // Messages, or those of fields by their name: https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes
  const jira = { message: ["errorMessages", 0], otherShapes: [{ message: ["errors", "*"] }] };
  // Exceptions, of which validation has lists, or a problem: https://developer.xero.com/documentation/api/accounting/responsecodes
  const xero = {
    message: ["Elements", "*", "ValidationErrors", 0, "Message"],
    otherShapes: [
      { message: ["Message"], code: ["Type"] },
      { message: ["Detail"], code: ["Title"] },
    ],
  };

  test.each([
    [figma, { status: 404, err: "Not found" }, "Not found", undefined],
    [figma, { error: true, status: 400, message: "Invalid file key" }, "Invalid file key", undefined],
    [jira, { errorMessages: ["Issue does not exist"], errors: {} }, "Issue does not exist", undefined],
    [jira, { errorMessages: [], errors: { summary: "You must specify a summary" } }, "specify a summary", undefined],
    [
      xero,
      {
        ErrorNumber: 10,
        Type: "ValidationException",
        Message: "A validation exception occurred",
        Elements: [{ ValidationErrors: [{ Message: "Email address must be valid." }] }],
      },
      "Email address must be valid",
      undefined,
    ],
    [
      xero,
      { Type: "PostDataInvalidException", Message: "Invalid Json data" },
      "Invalid Json data",
      "PostDataInvalidException",
    ],
    [xero, { Title: "Unauthorized", Status: 401, Detail: "TokenExpired" }, "TokenExpired", "Unauthorized"],
  ])("of the shapes %j, the error %j has its texts", async (...[errors, body, message, code]) => {
    const error = await errorOf(400, body, { profile: { errors } });
    expect(error.message).toContain(message);
    expect(error.code).toBe(code);
  });

  test.each([{}, { errors: {} }, { errors: null }, { errors: [] }, { errors: "text" }])(
    "an error without any of the messages has none: %j",
    async (body) => {
      expect((await errorOf(400, body, { profile: { errors: jira } })).message).toBe(
        "GET /things: Acme responded with 400.",
      );
    },
  );
});
