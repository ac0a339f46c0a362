import type { PetsDocument } from "../diff-pair.js";
import { type CheckPair, documentPairs } from "./check-pair.js";

const scopes = { read: "Reads.", write: "Writes." };
const flow = (more: object = {}) => ({
  type: "oauth2",
  flows: {
    authorizationCode: { authorizationUrl: "https://a.test/ask", tokenUrl: "https://a.test/token", scopes, ...more },
  },
});
const key = { type: "apiKey", in: "header", name: "X-Key" };
const schemes = (securitySchemes: object, security: object[] = []): PetsDocument => ({ securitySchemes, security });
const both = { key, oauth: flow() };
const own = (security: readonly object[]): PetsDocument => ({ securitySchemes: both, operation: { security } });
const all = (security: readonly object[]): PetsDocument => ({ securitySchemes: both, security });

interface SecurityPair extends Pick<CheckPair, "expected" | "reason"> {
  readonly before: readonly object[];
  readonly after: readonly object[];
}

/** Pairs for security of one operation, and of all. */
function forBoth(name: string, { before, after, ...rest }: SecurityPair): CheckPair[] {
  const more = { expected: rest.expected, ...(rest.reason !== undefined && { reason: rest.reason }) };
  return [
    ...documentPairs(`api-security-${name}`, { old: own(before), current: own(after), ...more }),
    ...documentPairs(`api-global-security-${name}`, { old: all(before), current: all(after), ...more }),
  ];
}

/** Credentials, scopes, and the schemes that describe them. */
export const securityPairs: readonly CheckPair[] = [
  ...documentPairs("api-security-component-{added,removed}", {
    old: schemes({ key }),
    current: schemes({ oauth: key }),
    expected: undefined,
  }),
  ...documentPairs("api-security-component-type-changed", {
    old: schemes({ key }, [{ key: [] }]),
    current: schemes({ key: { type: "http", scheme: "bearer" } }, [{ key: [] }]),
    expected: ["security-narrowed", "breaking"],
    reason: "The credential that a program has is no longer accepted.",
  }),
  ...documentPairs("api-security-component-oauth-url-changed", {
    old: schemes(both),
    current: schemes({ ...both, oauth: flow({ authorizationUrl: "https://b.test/ask" }) }),
    expected: ["oauth-url-changed", "breaking"],
    reason: "A program that has the address in its configuration gets no token at the old one.",
  }),
  ...documentPairs("api-security-component-oauth-token-url-changed", {
    old: schemes(both),
    current: schemes({ ...both, oauth: flow({ tokenUrl: "https://b.test/token" }) }),
    expected: ["oauth-url-changed", "breaking"],
    reason: "A program that has the address in its configuration gets no token at the old one.",
  }),
  ...documentPairs("api-security-component-oauth-scope-added", {
    old: schemes(both),
    current: schemes({ ...both, oauth: flow({ scopes: { ...scopes, admin: "All." } }) }),
    expected: ["oauth-scope-added", "additive"],
  }),
  ...documentPairs("api-security-component-oauth-scope-removed", {
    old: schemes(both),
    current: schemes({ ...both, oauth: flow({ scopes: { read: "Reads." } }) }),
    expected: ["oauth-scope-removed", "breaking"],
    reason: "A request for the scope is an error: invalid_scope (RFC 6749, section 4.1.2.1).",
  }),
  ...documentPairs("api-security-component-oauth-scope-changed", {
    old: schemes(both),
    current: schemes({ ...both, oauth: flow({ scopes: { ...scopes, read: "Reads all." } }) }),
    expected: undefined,
  }),
  ...forBoth("removed", {
    before: [{ key: [] }, { oauth: [] }],
    after: [{ oauth: [] }],
    expected: ["security-narrowed", "breaking"],
    reason: "A program that sends the credential is rejected.",
  }),
  ...forBoth("added", {
    before: [{ oauth: [] }],
    after: [{ key: [] }, { oauth: [] }],
    expected: ["security-changed", "additive"],
    reason: undefined,
  }),
  ...forBoth("scope-added", {
    before: [{ oauth: ["read"] }],
    after: [{ oauth: ["read", "write"] }],
    expected: ["scope-added", "breaking"],
    reason: "A token without the scope is rejected.",
  }),
  ...forBoth("scope-removed", {
    before: [{ oauth: ["read", "write"] }],
    after: [{ oauth: ["read"] }],
    expected: ["scope-removed", "additive"],
    reason: undefined,
  }),
];
