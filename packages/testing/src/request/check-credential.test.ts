import type { AuthScheme } from "@connectry/core";
import { expect, test } from "vitest";
import { type AcceptedCredential, createCredentialCheck } from "./check-credential.js";

const bearer: AuthScheme = { kind: "bearer", env: "A" };
const bot: AuthScheme = { kind: "bearer", env: "A", prefix: "Bot" };
const basic: AuthScheme = {
  kind: "basic",
  username: { name: "accountSid", env: "A" },
  password: { name: "authToken", env: "B" },
};
const header: AuthScheme = { kind: "header", name: "X-Key", env: "A" };
const query: AuthScheme = { kind: "query", name: "key", env: "A" };
// https://plaid.com/docs/api/#api-protocols-and-headers, "PLAID-CLIENT-ID" and "PLAID-SECRET"
const headers: AuthScheme = {
  kind: "parts",
  parts: [
    { name: "clientId", env: "A", in: "header", as: "PLAID-CLIENT-ID" },
    { name: "secret", env: "B", in: "header", as: "PLAID-SECRET" },
  ],
};
// https://developer.atlassian.com/cloud/trello/guides/rest-api/api-introduction/
const queries: AuthScheme = {
  kind: "parts",
  parts: [
    { name: "key", env: "A", in: "query", as: "key" },
    { name: "token", env: "B", in: "query", as: "token", optional: true },
  ],
};
const field: AuthScheme = { kind: "parts", parts: [{ name: "key", env: "A", in: "body", as: "key" }] };
const ids = { clientId: "id", secret: "s" };
const encoded = `Basic ${Buffer.from("AC1:secret:with:colons").toString("base64")}`;

interface Case {
  readonly title: string;
  readonly scheme: AuthScheme;
  readonly accepted?: AcceptedCredential;
  readonly headers?: Record<string, string>;
  readonly query?: [string, string][];
  readonly body?: unknown;
  readonly code?: string;
}

test.each<Case>([
  { title: "any bearer token", scheme: bearer, headers: { authorization: "Bearer t" } },
  { title: "the accepted bearer token", scheme: bearer, accepted: "t", headers: { authorization: "bearer t" } },
  {
    title: "another bearer token",
    scheme: bearer,
    accepted: "t",
    headers: { authorization: "Bearer u" },
    code: "credential_wrong",
  },
  {
    title: "another prefix of the provider",
    scheme: { ...bearer, otherPrefixes: ["token"] },
    accepted: "t",
    headers: { authorization: "token t" },
  },
  { title: "no token", scheme: bearer, code: "credential_missing" },
  { title: "an empty token", scheme: bearer, headers: { authorization: "Bearer " }, code: "credential_missing" },
  { title: "another scheme", scheme: bearer, headers: { authorization: "Basic t" }, code: "credential_missing" },
  { title: "the prefix of the scheme", scheme: bot, accepted: "t", headers: { authorization: "Bot t" } },
  {
    title: "Bearer where the scheme has another prefix",
    scheme: bot,
    accepted: "t",
    headers: { authorization: "Bearer t" },
    code: "credential_missing",
  },
  {
    title: "basic with two values",
    scheme: basic,
    accepted: { accountSid: "AC1", authToken: "secret:with:colons" },
    headers: { authorization: encoded },
  },
  {
    title: "basic with another password",
    scheme: basic,
    accepted: { accountSid: "AC1", authToken: "x" },
    headers: { authorization: encoded },
    code: "credential_wrong",
  },
  {
    title: "basic without a colon",
    scheme: basic,
    headers: { authorization: "Basic YWJj" },
    code: "credential_missing",
  },
  { title: "a header", scheme: header, accepted: "t", headers: { "x-key": "t" } },
  {
    title: "a header with a prefix",
    scheme: { kind: "header", name: "Authorization", prefix: "Token token=", env: "A" },
    accepted: "t",
    headers: { authorization: "Token token=t" },
  },
  { title: "no header", scheme: header, code: "credential_missing" },
  { title: "a query parameter", scheme: query, accepted: "t", query: [["key", "t"]] },
  {
    title: "another query parameter value",
    scheme: query,
    accepted: "t",
    query: [["key", "u"]],
    code: "credential_wrong",
  },
  {
    title: "both parts in headers",
    scheme: headers,
    accepted: ids,
    headers: { "plaid-client-id": "id", "plaid-secret": "s" },
  },
  {
    title: "another second part",
    scheme: headers,
    accepted: ids,
    headers: { "plaid-client-id": "id", "plaid-secret": "u" },
    code: "credential_wrong",
  },
  {
    title: "one part of two",
    scheme: headers,
    accepted: ids,
    headers: { "plaid-client-id": "id" },
    code: "credential_missing",
  },
  { title: "any two parts", scheme: headers, headers: { "plaid-client-id": "x", "plaid-secret": "y" } },
  { title: "a part that may be missing", scheme: queries, accepted: { key: "k", token: "t" }, query: [["key", "k"]] },
  {
    title: "another part that may be missing",
    scheme: queries,
    accepted: { key: "k", token: "t" },
    query: [
      ["key", "k"],
      ["token", "u"],
    ],
    code: "credential_wrong",
  },
  {
    title: "a part that is sent twice",
    scheme: queries,
    query: [
      ["key", "k"],
      ["key", "k"],
    ],
    code: "credential_missing",
  },
  { title: "a field of the body", scheme: field, accepted: "k", body: { key: "k" } },
  { title: "another field of the body", scheme: field, accepted: "k", body: { key: "u" }, code: "credential_wrong" },
  { title: "no body", scheme: field, accepted: "k", code: "credential_missing" },
])("a check of $title returns $code", ({ scheme, accepted, headers: sent = {}, query: pairs = [], body, code }) => {
  expect(createCredentialCheck(scheme, accepted)({ headers: sent, query: pairs, body })?.code).toBe(code);
});
