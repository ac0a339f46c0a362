import type { ProviderProfile } from "@connectry/core";
import { expect, test } from "vitest";
import { acmeProfile } from "../../test/acme.js";
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

/** A profile with errors in a 200, whose status follows from their code. */
const errorsIn200: ProviderProfile = {
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

async function readError(profile: ProviderProfile, path: string, credential = "good") {
  await using server = await fakeProvider({ document, profile, credential: "good" });
  const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${credential}` } });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

test.each([
  {
    path: "/thing.info",
    credential: "good",
    code: "invalid_arguments",
    message: "GET /thing.info: query parameter id is missing",
  },
  {
    path: "/thing.info?id=1",
    credential: "bad",
    code: "invalid_auth",
    message: expect.stringContaining("is not the accepted `credential`"),
  },
  {
    path: "/thing.inf",
    credential: "good",
    code: "thing_gone",
    message: "the document has no path that matches /thing.inf: did you mean /thing.info?",
  },
])("the error of $path with a $credential credential is a 200 with the code $code", async (row) => {
  const { status, body } = await readError(errorsIn200, row.path, row.credential);
  expect([status, body]).toEqual([200, { ok: false, error: row.code, metadata: { messages: [row.message] } }]);
});

test("each error has a new request id in its body, where the profile has its path", async () => {
  const profile: ProviderProfile = {
    ...errorsIn200,
    retry: {},
    errors: { message: ["message"], requestId: ["correlationId"] },
  };
  await using server = await fakeProvider({ document, profile });
  const requestIds: unknown[] = [];
  for (let calls = 0; calls < 2; calls += 1) {
    const response = await fetch(`${server.url}/thing.info`, { headers: { authorization: "Bearer x" } });
    expect(response.status).toBe(400);
    requestIds.push(((await response.json()) as { correlationId: unknown }).correlationId);
  }
  expect(requestIds[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(requestIds[1]).not.toBe(requestIds[0]);
});

test("where the profile has the same path for message and code, the member is the code", async () => {
  const profile: ProviderProfile = { ...errorsIn200, errors: { ...errorsIn200.errors, message: ["error"] } };
  expect((await readError(profile, "/thing.info")).body).toEqual({ ok: false, error: "invalid_arguments" });
});
