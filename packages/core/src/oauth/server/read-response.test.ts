import { describe, expect, test } from "vitest";
import { createRedactor } from "../../auth/redact.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import { normalizeTokenFields, readResponse } from "./read-response.js";

type Facts = Pick<OauthFacts, "name" | "response">;

const bytes = (body: unknown) => new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));

function read(
  body: unknown,
  {
    status = 200,
    facts = {},
    secrets = [] as string[],
  }: { status?: number; facts?: Partial<Facts>; secrets?: string[] } = {},
) {
  const all: Facts = { name: "Acme", ...facts };
  const response = { status, headers: new Headers(), body: bytes(body) };
  return normalizeTokenFields(readResponse(response, { facts: all, redact: createRedactor(secrets), nowMs: 0 }), all);
}

const thrown = (...args: Parameters<typeof read>) => {
  try {
    return read(...args);
  } catch (error) {
    return error as Error;
  }
};

// Responses as the providers document them; the page is named with each.
describe("a token response is read", () => {
  test.each<[string, unknown, Partial<Facts>, Record<string, unknown>]>([
    [
      "of RFC 6749, section 5.1",
      {
        access_token: "2YotnFZFEjr1zCsicMWpAA",
        token_type: "example",
        expires_in: 3600,
        refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA",
      },
      {},
      { access_token: "2YotnFZFEjr1zCsicMWpAA", expires_in: 3600, refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA" },
    ],
    [
      // https://docs.slack.dev/reference/methods/oauth.v2.access
      "of Slack, whose token type is bot",
      {
        ok: true,
        access_token: "xoxb-1",
        token_type: "bot",
        scope: "commands,incoming-webhook",
        team: { id: "T9TK3CUKW" },
        authed_user: { id: "U1234" },
      },
      { response: { nested: ["authed_user"], account: [["team", "id"]] } },
      { access_token: "xoxb-1", scope: "commands,incoming-webhook", team: { id: "T9TK3CUKW" } },
    ],
    [
      "of Slack, whose only token is the user's",
      {
        ok: true,
        team: { id: "T1" },
        authed_user: {
          id: "U1",
          scope: "chat:write",
          access_token: "xoxp-1",
          token_type: "user",
          expires_in: 43_200,
          refresh_token: "xoxe-1",
        },
      },
      { response: { nested: ["authed_user"] } },
      { access_token: "xoxp-1", scope: "chat:write", expires_in: 43_200, refresh_token: "xoxe-1" },
    ],
    [
      // https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#response-1
      "of GitHub, as a form",
      "access_token=gho_16C7e42F292c6912E7710c838347Ae178B4a&scope=repo%2Cgist&token_type=bearer",
      {},
      { access_token: "gho_16C7e42F292c6912E7710c838347Ae178B4a", scope: "repo,gist" },
    ],
    [
      // https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens
      "of Shopify, without a token type",
      { access_token: "f85632530bf277ec9ac6f649fc327f17", scope: "write_orders,read_customers" },
      {},
      { access_token: "f85632530bf277ec9ac6f649fc327f17", scope: "write_orders,read_customers" },
    ],
    ["with times as text", { access_token: "a", expires_in: "3600" }, {}, { expires_in: 3600 }],
    ["with fields that are null", { access_token: "a", refresh_token: null, scope: null, expires_in: null }, {}, {}],
    ["with scopes as a list", { access_token: "a", scope: ["a", "b"] }, {}, { scope: "a b" }],
    [
      "with scopes elsewhere",
      { access_token: "a", allowed: { scopes: ["a", "b"] } },
      { response: { scopes: ["allowed", "scopes"] } },
      { scope: "a b" },
    ],
    ["with an expiry of 0, which says nothing", { access_token: "a", expires_in: 0 }, {}, {}],
    ["with an ID token, which nobody asked for", { access_token: "a", id_token: "e30.e30.x" }, {}, {}],
  ])("%s", (...[, body, facts, expected]) => {
    const fields = read(body, { facts });
    expect(fields).toMatchObject({ token_type: "bearer", ...expected });
    const optional = ["refresh_token", "expires_in", "scope", "id_token"];
    expect(optional.filter((name) => name in fields)).toEqual(optional.filter((name) => name in expected));
  });
});

describe("an error response is an error with its code", () => {
  const hubspot = {
    response: { error: { code: ["status"], message: ["message"] }, invalidGrant: ["BAD_REFRESH_TOKEN"] },
  };
  test.each<[string, number, unknown, Partial<Facts>, string]>([
    ["of RFC 6749, section 5.2", 400, { error: "invalid_client" }, {}, "invalid_client"],
    // https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors
    [
      "of GitHub, with status 200",
      200,
      { error: "incorrect_client_credentials", error_description: "x" },
      {},
      "incorrect_client_credentials",
    ],
    [
      "of GitHub, as a form with status 200",
      200,
      "error=bad_verification_code&error_description=x",
      {},
      "bad_verification_code",
    ],
    [
      "of a refresh token of GitHub",
      200,
      { error: "bad_refresh_token" },
      { response: { invalidGrant: ["bad_refresh_token"] } },
      "invalid_grant",
    ],
    ["of Slack, with status 200", 200, { ok: false, error: "invalid_code" }, {}, "invalid_code"],
    ["of Slack, without a code", 200, { ok: false }, {}, "http-200"],
    // https://developers.hubspot.com/changelog/new-oauth-v3-api-endpoints-and-standardized-error-responses
    [
      "of HubSpot, as it was",
      400,
      { status: "BAD_REFRESH_TOKEN", message: "missing or invalid refresh token" },
      hubspot,
      "invalid_grant",
    ],
    [
      "of HubSpot, as it is",
      400,
      { error: "invalid_grant", error_description: "x", status: "BAD_REFRESH_TOKEN", message: "x" },
      hubspot,
      "invalid_grant",
    ],
    ["of HubSpot, without either", 400, { category: "VALIDATION_ERROR", message: "x" }, hubspot, "http-400"],
    ["that is a page", 502, "<html>Bad gateway</html>", {}, "http-502"],
    ["that is empty", 500, "", {}, "http-500"],
  ])("%s", (...[, status, body, facts, code]) => {
    expect(thrown(body, { status, facts })).toMatchObject({ name: "OauthError", provider: "Acme", code, status });
  });

  test("and a page with a status of success is one, too", () => {
    expect(thrown("<html>Sign in</html>")).toMatchObject({ name: "OauthError", code: "malformed-response" });
    expect(thrown([1])).toMatchObject({ name: "OauthError", code: "malformed-response" });
  });
});

test("R44: the message of an error shows nothing of the request, and not more than 200 characters of the provider's", () => {
  const secret = "refresh-canary+4eC39HqL/yjWDarjtT1zdp7dc";
  const body = {
    error: "invalid_grant",
    error_description: `The token ${encodeURIComponent(secret)} is unknown. ${"x".repeat(5_000)}`,
  };
  const { message } = thrown(body, { status: 400, secrets: [secret] }) as Error;
  expect(message).toContain("The token *** is unknown");
  expect(message.length).toBeLessThan(320);
});
