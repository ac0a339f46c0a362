import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import type { Drafted, DraftInput } from "./draft.js";

/** How the credential is sent: the field `auth` of a profile. */
export type AuthDraft =
  | { readonly kind: "bearer"; readonly env: string; readonly prefix?: string }
  | { readonly kind: "basic"; readonly username: NamedValue; readonly password: NamedValue }
  | { readonly kind: "header" | "query"; readonly name: string; readonly env: string };

interface NamedValue {
  readonly name: string;
  readonly env: string;
}

/** A security scheme that connectors support. */
interface Candidate extends Drafted<AuthDraft> {
  /** Its name in the document. */
  readonly name: string;
  /** If several schemes are used by the same number of operations, the one with the lowest rank is chosen. */
  readonly rank: number;
}

/** The scheme that most operations accept; a bearer token with a TODO if there is none. */
export function readAuth(input: DraftInput): Drafted<AuthDraft> {
  const schemes = objectIn(input.document.json.components, "securitySchemes");
  const candidates = Object.entries(schemes).flatMap(([name, source]) => {
    const json = followReference(input.document, source);
    return isJsonObject(json) ? readScheme(input.id, name, json) : [];
  });
  const uses = countUses(input);
  const [best] = candidates
    .map((candidate) => ({ ...candidate, uses: uses.get(candidate.name) ?? 0 }))
    .sort((a, b) => b.uses - a.uses || a.rank - b.rank);
  if (best === undefined) return unknownAuth(input.id, Object.keys(schemes).length > 0);
  const additional = alwaysRequiredWith(input, best.name)
    .map((name) => candidates.find((candidate) => candidate.name === name)?.value)
    .flatMap((auth) => (auth !== undefined && "name" in auth ? [`${auth.kind} ${auth.name}`] : []));
  const todo = `the document also requires ${additional.join(", ")}: ${howToPass}.`;
  return { value: best.value, todos: additional.length > 0 ? [...best.todos, todo] : best.todos };
}

const howToPass = "callers pass it as `headers` of the client or as a parameter of the call";

/** Parses what the user entered: `bearer`, `basic`, `header NAME` or `query NAME`; undefined for anything else. */
export function parseAuth(text: string, id: string): AuthDraft | undefined {
  const [kind = "", name] = text.trim().split(/\s+/);
  if (kind === "bearer" && name === undefined) return { kind, env: environmentName(id, "TOKEN") };
  if (kind === "basic" && name === undefined) return basicAuth(id);
  if ((kind === "header" || kind === "query") && name !== undefined && isToken(name))
    return { kind, name: kind === "header" ? name.toLowerCase() : name, env: environmentName(id, "API_KEY") };
  return undefined;
}

function unknownAuth(id: string, hasSchemes: boolean): Drafted<AuthDraft> {
  const reason = hasSchemes
    ? "none of the document's security schemes is supported"
    : "the document has no security scheme";
  return {
    value: bearerAuth(id),
    todos: [`${reason}. Use "bearer", "basic", "header" or "query"; a public API ignores the credential.`],
  };
}

function readScheme(id: string, name: string, scheme: JsonObject): Candidate[] {
  const bearer = bearerAuth(id);
  switch (stringIn(scheme, "type")) {
    case "http":
      if (/^basic$/i.test(stringIn(scheme, "scheme") ?? ""))
        return [{ name, rank: 3, value: basicAuth(id), todos: [] }];
      if (/^bearer$/i.test(stringIn(scheme, "scheme") ?? "")) return [{ name, rank: 0, value: bearer, todos: [] }];
      return [];
    case "oauth2":
    case "openIdConnect":
      return [{ name, rank: 1, value: bearer, todos: [] }];
    case "apiKey":
      return readApiKey(id, name, scheme);
    default:
      return [];
  }
}

function readApiKey(id: string, name: string, scheme: JsonObject): Candidate[] {
  const location = stringIn(scheme, "in");
  const key = stringIn(scheme, "name") ?? "";
  if ((location !== "header" && location !== "query") || !isToken(key)) return [];
  const env = environmentName(id, "API_KEY");
  if (location === "query") return [{ name, rank: 4, value: { kind: "query", name: key, env }, todos: [] }];
  if (key.toLowerCase() !== "authorization")
    return [{ name, rank: 2, value: { kind: "header", name: key.toLowerCase(), env }, todos: [] }];
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
  if (/sigv4/i.test(stringIn(scheme, "x-amazon-apigateway-authtype") ?? "")) {
    const todos = [
      "requests are signed (AWS Signature 4), which requires a policy of your own (`policies.perAttempt`).",
    ];
    return [{ name, rank: 5, value: { kind: "header", name: "authorization", env }, todos }];
  }
  // The word before the credential, as in `Authorization: token <key>`, is only in the description.
  const description = `${stringIn(scheme, "description") ?? ""} ${stringIn(scheme, "bearerFormat") ?? ""}`;
  if (/\bbearer\b/i.test(`${description} ${name}`)) return [{ name, rank: 0, value: bearerAuth(id), todos: [] }];
  const prefix = /["'`](token|apikey|key)\s/i.exec(description)?.[1];
  if (prefix !== undefined) return [{ name, rank: 2, value: { kind: "bearer", env, prefix }, todos: [] }];
  const todos = ["the credential is the whole Authorization header. If a word precedes it, add that as `prefix`."];
  return [{ name, rank: 2, value: { kind: "header", name: "authorization", env }, todos }];
}

function bearerAuth(id: string): AuthDraft {
  return { kind: "bearer", env: environmentName(id, "TOKEN") };
}

function basicAuth(id: string): AuthDraft {
  return {
    kind: "basic",
    username: { name: "username", env: environmentName(id, "USERNAME") },
    password: { name: "password", env: environmentName(id, "PASSWORD") },
  };
}

/** How many operations accept each scheme. */
function countUses(input: DraftInput): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const requirements of requirementsOf(input)) {
    for (const name of new Set(requirements.flatMap((one) => Object.keys(one))))
      uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}

/** The schemes that operations always require together with this one. */
function alwaysRequiredWith(input: DraftInput, name: string): string[] {
  const together = requirementsOf(input).flatMap((requirements) => requirements.filter((one) => name in one));
  const [first, ...others] = together.map((one) => Object.keys(one).filter((other) => other !== name));
  return (first ?? []).filter((other) => others.every((names) => names.includes(other)));
}

function requirementsOf({ document, operations }: DraftInput): JsonObject[][] {
  return operations.map(({ json }) => {
    const holder = fieldOf(json, "security") === undefined ? document.json : json;
    return arrayIn(holder, "security").filter(isJsonObject);
  });
}

/** Whether a name can be used in a header or query unescaped (RFC 9110, 5.6.2). */
function isToken(name: string): boolean {
  return /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name);
}

/** `ACME_API_KEY` */
function environmentName(id: string, suffix: string): string {
  return `${id.replaceAll("-", "_").toUpperCase()}_${suffix}`;
}
