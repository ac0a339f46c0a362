import { expect, test } from "vitest";
import { suggestNames } from "./suggest-names.js";

const known = ["deadlineMs", "attemptTimeoutMs", "maxAttempts", "maxPages", "auth", "baseUrl", "fetch"];

test.each([
  ["timeout", "did you mean `deadlineMs` or `attemptTimeoutMs`?"],
  ["maxRetries", "did you mean `maxAttempts`?"],
  ["retries", "did you mean `maxAttempts`?"],
  ["retry", "did you mean `maxAttempts`?"],
  ["baseURL", "did you mean `baseUrl`?"],
  ["apiKey", "did you mean `auth`?"],
  ["token", "did you mean `auth`?"],
  ["accessToken", "did you mean `auth`?"],
])("the name %s of other clients suggests the option of this one", (name, suggestion) => {
  expect(suggestNames(name, known)).toBe(suggestion);
});

test.each([
  ["maxAttempt", "`maxAttempts`"],
  ["maxAtempts", "`maxAttempts`"],
  ["fetsh", "`fetch`"],
  ["deadline", "`deadlineMs`"],
  ["pages", "`maxPages`"],
  ["AUTH", "`auth`"],
])("the name %s suggests the nearest option, %s", (name, nearest) => {
  expect(suggestNames(name, known)).toBe(`did you mean ${nearest}?`);
});

test("a name of other clients suggests only options that exist", () => {
  expect(suggestNames("timeout", ["deadlineMs"])).toBe("did you mean `deadlineMs`?");
  expect(suggestNames("apiKey", ["tags"])).toBe("known are `tags`.");
});

test.each([["xyzzy"], ["__proto__"], ["constructor"], ["x".repeat(10_000)], ["a"]])(
  "R47: for a name that is not near any option, such as %j, all options are listed",
  (name) => {
    expect(suggestNames(name, known)).toBe(`known are ${known.map((option) => `\`${option}\``).join(", ")}.`);
  },
);
