import type { AuthScheme } from "@connectry/core";
import { expect, test } from "vitest";
import { checkCredential, type DemandedCredential } from "./check-credential.js";

const bearer: AuthScheme = { kind: "bearer", env: "A" };
const bot: AuthScheme = { kind: "bearer", env: "A", prefix: "Bot" };
const basic: AuthScheme = {
  kind: "basic",
  username: { name: "accountSid", env: "A" },
  password: { name: "authToken", env: "B" },
};
const header: AuthScheme = { kind: "header", name: "X-Key", env: "A" };
const query: AuthScheme = { kind: "query", name: "key", env: "A" };
const encoded = `Basic ${Buffer.from("AC1:secret:with:colons").toString("base64")}`;

test.each<
  [string, AuthScheme, DemandedCredential | undefined, Record<string, string>, [string, string][], string | undefined]
>([
  ["any bearer token", bearer, undefined, { authorization: "Bearer t" }, [], undefined],
  ["the right bearer token", bearer, "t", { authorization: "bearer t" }, [], undefined],
  ["a wrong bearer token", bearer, "t", { authorization: "Bearer u" }, [], "credential_wrong"],
  ["no token", bearer, undefined, {}, [], "credential_missing"],
  ["an empty token", bearer, undefined, { authorization: "Bearer " }, [], "credential_missing"],
  ["another scheme", bearer, undefined, { authorization: "Basic t" }, [], "credential_missing"],
  ["a prefix of its own", bot, "t", { authorization: "Bot t" }, [], undefined],
  ["Bearer where another prefix belongs", bot, "t", { authorization: "Bearer t" }, [], "credential_missing"],
  [
    "basic from two values",
    basic,
    { accountSid: "AC1", authToken: "secret:with:colons" },
    { authorization: encoded },
    [],
    undefined,
  ],
  [
    "basic with another password",
    basic,
    { accountSid: "AC1", authToken: "x" },
    { authorization: encoded },
    [],
    "credential_wrong",
  ],
  ["basic without a colon", basic, undefined, { authorization: "Basic YWJj" }, [], "credential_missing"],
  ["a header", header, "t", { "x-key": "t" }, [], undefined],
  ["no header", header, undefined, {}, [], "credential_missing"],
  ["a query parameter", query, "t", {}, [["key", "t"]], undefined],
  ["a wrong query parameter", query, "t", {}, [["key", "u"]], "credential_wrong"],
])("%s", (_, scheme, credential, headers, pairs, code) => {
  expect(checkCredential(scheme, credential, headers, pairs)?.code).toBe(code);
});
