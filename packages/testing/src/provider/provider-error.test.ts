import type { ProviderProfile } from "@connectry/core";
import { expect, test } from "vitest";
import { acmeProfile } from "../fixtures/acme.js";
import { fakeProvider } from "./fake-provider.js";

const json = (schema: object) => ({ description: "", content: { "application/json": { schema } } });
const parameters = [{ name: "id", in: "query", required: true, schema: { type: "string" } }];
const failure = {
  type: "object",
  required: ["ok", "error"],
  properties: {
    ok: { type: "boolean", enum: [false] },
    error: { type: "string", enum: ["invalid_auth", "invalid_arguments", "gone"] },
  },
};
const document = {
  openapi: "3.0.3",
  paths: {
    "/thing.info": { get: { parameters, responses: { 200: json({ type: "object" }), default: json(failure) } } },
  },
};

/** Errors in a 200: their code says what they are. */
const chatty: ProviderProfile = {
  ...acmeProfile,
  baseUrl: "https://x.test",
  auth: { kind: "bearer", env: "X" },
  retry: {
    rules: [
      { when: { status: 200, body: { at: ["error"], equals: "invalid_auth" } }, verdict: "failed" },
      { when: { status: 200, body: { at: ["ok"], equals: false } }, verdict: "failed" },
    ],
  },
  errors: { message: ["metadata", "messages", 0], code: ["error"], statuses: { invalid_auth: 401, thing_gone: 404 } },
};

async function refusal(profile: ProviderProfile, path: string, credential = "good") {
  await using server = await fakeProvider({ document, profile, credential: "good" });
  const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${credential}` } });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

test.each([
  ["/thing.info", "good", "invalid_arguments", "GET /thing.info: query parameter id is missing"],
  [
    "/thing.info?id=1",
    "bad",
    "invalid_auth",
    expect.stringContaining("is not the one that this server was told to demand"),
  ],
  ["/thing.inf", "good", "thing_gone", "no path of the document matches /thing.inf; the nearest is /thing.info"],
])("%s, asked with a %s credential, is a 200 that says %s", async (path, credential, error, message) => {
  const { status, body } = await refusal(chatty, path, credential);
  expect([status, body]).toEqual([200, { ok: false, error, metadata: { messages: [message] } }]);
});

test("a request is named in the body of an error, where the provider does so: each otherwise", async () => {
  const profile: ProviderProfile = {
    ...chatty,
    retry: {},
    errors: { message: ["message"], requestId: ["correlationId"] },
  };
  await using server = await fakeProvider({ document, profile });
  const names: unknown[] = [];
  for (let calls = 0; calls < 2; calls += 1) {
    const response = await fetch(`${server.url}/thing.info`, { headers: { authorization: "Bearer x" } });
    expect(response.status).toBe(400);
    names.push(((await response.json()) as { correlationId: unknown }).correlationId);
  }
  expect(names[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(names[1]).not.toBe(names[0]);
});

test("where the message is the code, the code is what it says", async () => {
  const profile: ProviderProfile = { ...chatty, errors: { ...chatty.errors, message: ["error"] } };
  expect((await refusal(profile, "/thing.info")).body).toEqual({ ok: false, error: "invalid_arguments" });
});
