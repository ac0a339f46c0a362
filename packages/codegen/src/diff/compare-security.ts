import type { LoadedDocument } from "../document/loaded-document.js";
import { arrayIn, fieldOf, type JsonObject, objectIn, stringIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { requirementsOf, schemeOf } from "../generate/facts/credentials.js";
import type { NamedOperation } from "../generate/operations/api-operation.js";
import type { Recorder } from "./changes/recorder.js";
import type { Versions } from "./changes/versions.js";
import type { OperationComparison } from "./operation-comparison.js";
import { operationRules } from "./rules/operation-rules.js";
import { securityRules } from "./rules/security-rules.js";

/** One way to authenticate: what is sent together, and the scopes that it needs. */
interface Credential {
  readonly parts: readonly string[];
  readonly text: string;
  readonly scopes: readonly string[];
}

const NO_CREDENTIAL: Credential = { parts: [], text: "no credential", scopes: [] };

/** Compares which credentials an operation accepts. Schemes count by what is sent, not by their names in the document. */
export function compareSecurity({ old, new: current, owner, recorder }: OperationComparison): void {
  const [before, after] = [credentialsOf(old), credentialsOf(current)];
  const record = (ruleName: keyof typeof operationRules, detail: string) =>
    recorder.record(owner, { side: "operation", ruleName, rule: operationRules[ruleName], location: "", detail });
  const textOf = (credentials: readonly Credential[]) => [...new Set(credentials.map(({ text }) => text))].join(" or ");
  if (textOf(before) !== textOf(after)) {
    const isStillAccepted = before.every(({ parts }) =>
      after.some((one) => one.parts.every((part) => parts.includes(part))),
    );
    record(isStillAccepted ? "security-changed" : "security-narrowed", `${textOf(before)}, now ${textOf(after)}`);
    return;
  }
  const scopesOf = (credentials: readonly Credential[]) =>
    credentials.map(({ scopes }) => scopes.join(" and ") || "none").join(" or ");
  if (scopesOf(before) === scopesOf(after)) return;
  const isEnough = (one: Credential) =>
    after.some(({ text, scopes }) => text === one.text && scopes.every((scope) => one.scopes.includes(scope)));
  record(before.every(isEnough) ? "scope-removed" : "scope-added", `${scopesOf(before)}, now ${scopesOf(after)}`);
}

/** Compares the addresses and scopes of OAuth that two documents declare. */
export function compareSchemes(documents: Versions<LoadedDocument>, recorder: Recorder): void {
  const schemesOf = ({ json }: LoadedDocument) => objectIn(fieldOf(json, "components"), "securitySchemes");
  const [before, after] = [schemesOf(documents.old), schemesOf(documents.new)];
  for (const [name, source] of Object.entries(before)) {
    const old = followReference(documents.old, source);
    const current = followReference(documents.new, fieldOf(after, name));
    if (current === undefined) continue;
    const owner = { title: `security scheme ${name}`, isOperation: false };
    const record = (ruleName: keyof typeof securityRules, detail: string) =>
      recorder.record(owner, { side: "operation", ruleName, rule: securityRules[ruleName], location: "", detail });
    for (const [flow, values] of Object.entries(objectIn(old, "flows"))) {
      const now = fieldOf(objectIn(current, "flows"), flow);
      if (now === undefined) {
        record("oauth-flow-removed", flow);
        continue;
      }
      for (const address of ["authorizationUrl", "tokenUrl", "refreshUrl"]) {
        const [from, to] = [stringIn(values, address), stringIn(now, address)];
        if (from !== to) record("oauth-url-changed", `${address} ${from ?? "none"}, now ${to ?? "none"}`);
      }
      const scopes = { old: Object.keys(objectIn(values, "scopes")), new: Object.keys(objectIn(now, "scopes")) };
      for (const scope of scopes.old) if (!scopes.new.includes(scope)) record("oauth-scope-removed", scope);
      for (const scope of scopes.new) if (!scopes.old.includes(scope)) record("oauth-scope-added", scope);
    }
  }
}

/** The alternatives of an operation's `security`, sorted. */
function credentialsOf(operation: NamedOperation): Credential[] {
  const alternatives = (requirementsOf(operation) ?? []).map((requirement) => credentialOf(operation, requirement));
  if (alternatives.length === 0) return [NO_CREDENTIAL];
  const keyOf = ({ text, scopes }: Credential) => `${text} ${scopes.join()}`;
  return alternatives.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function credentialOf(operation: NamedOperation, requirement: JsonObject): Credential {
  const names = Object.keys(requirement);
  if (names.length === 0) return NO_CREDENTIAL;
  const scopes = names.flatMap((name) => arrayIn(requirement, name).filter((scope) => typeof scope === "string"));
  const texts = names.map((name) => describeScheme(schemeOf(operation, name)) ?? name);
  return { parts: texts.sort(), text: texts.join(" and "), scopes: [...new Set(scopes)].sort() };
}

/** What a scheme sends; undefined for one that the document does not have. */
function describeScheme(scheme: unknown): string | undefined {
  const type = stringIn(scheme, "type");
  if (type === "apiKey") {
    const [place, name] = [stringIn(scheme, "in") ?? "header", stringIn(scheme, "name") ?? ""];
    // Header names are case-insensitive (RFC 9110, 5.1).
    return `the ${place} ${place === "header" ? name.toLowerCase() : name}`;
  }
  if (type === "http") return `HTTP ${(stringIn(scheme, "scheme") ?? "").toLowerCase()}`;
  return type;
}
