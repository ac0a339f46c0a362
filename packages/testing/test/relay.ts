import type { ProviderProfile } from "@connectry/core";

const text = { type: "string" };
const json = (schema: object) => ({ description: "", content: { "application/json": { schema } } });
const ok = { type: "boolean", enum: [true] };
const message = {
  type: "object",
  required: ["ts", "text"],
  properties: { ts: text, text, kind: { type: "string", enum: ["plain", "rich"] } },
};
const failure = json({
  type: "object",
  required: ["ok", "error"],
  properties: {
    ok: { type: "boolean", enum: [false] },
    error: { type: "string", enum: ["invalid_auth", "invalid_arguments"] },
  },
});
const inQuery = (...names: string[]) => names.map((name) => ({ name, in: "query", schema: text }));
const account = { name: "Account", in: "path", required: true, schema: { type: "string", pattern: "^AC[0-9a-f]{8}$" } };
const messages = { type: "array", items: message };

/** An API with errors in a 200, JSON in forms, a credential of two values, and lists with URLs of their next pages. */
export const relayDocument = {
  openapi: "3.0.3",
  paths: {
    "/messages": {
      get: { parameters: inQuery("page", "per_page"), responses: { 200: json(messages), default: failure } },
    },
    "/accounts/{Account}/Messages.json": {
      parameters: [account],
      get: {
        parameters: inQuery("Page", "PageSize"),
        responses: {
          200: json({ type: "object", properties: { messages, next_page_uri: { type: "string", nullable: true } } }),
          default: failure,
        },
      },
      post: {
        requestBody: {
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                required: ["text"],
                properties: { text, blocks: { type: "array", items: { type: "object", properties: { kind: text } } } },
              },
            },
          },
        },
        responses: { 201: json(message), default: failure },
      },
    },
    "/message.info": {
      get: {
        parameters: inQuery("ts"),
        responses: {
          200: json({ type: "object", required: ["ok", "message"], properties: { ok, message } }),
          default: failure,
        },
      },
    },
    "/archive": { get: { responses: { 302: { description: "Elsewhere" } } } },
  },
};

/** The profile of Relay. */
export const relayProfile: ProviderProfile = {
  id: "relay",
  name: "Relay",
  baseUrl: "https://relay.test/api",
  auth: {
    kind: "basic",
    username: { name: "account", env: "RELAY_ACCOUNT" },
    password: { name: "token", env: "RELAY_TOKEN" },
  },
  body: "form-json",
  retry: {
    rules: [
      { when: { status: 200, body: { at: ["error"], equals: "ratelimited" } }, verdict: "throttled" },
      { when: { status: 200, body: { at: ["error"], equals: "token_expired" } }, verdict: "reauthenticate" },
      { when: { status: 200, body: { at: ["ok"], equals: false } }, verdict: "failed" },
    ],
  },
  pagination: [
    { kind: "link-header", items: "by-path" },
    { kind: "next-url", items: "by-path", next: ["next_page_uri"] },
  ],
  errors: {
    message: ["metadata", "messages", 0],
    code: ["error"],
    requestId: "x-relay-id",
    statuses: { invalid_auth: 401, token_expired: 401, message_not_found: 404, ratelimited: 429, fatal: 500 },
  },
};
