import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import type { DraftInput, Reading } from "./draft.js";

/** How the credential is sent, in the words of a profile. */
export type AuthDraft =
  | { readonly kind: "bearer"; readonly env: string; readonly prefix?: string }
  | { readonly kind: "basic"; readonly username: NamedValue; readonly password: NamedValue }
  | { readonly kind: "header" | "query"; readonly name: string; readonly env: string };

interface NamedValue {
  readonly name: string;
  readonly env: string;
}

/** A security scheme that a connector can send, and what is left to say about it. */
interface Candidate extends Reading<AuthDraft> {
  readonly name: string;
  /** Where operations leave the choice, the lower one is taken. */
  readonly rank: number;
}

/** The scheme that most operations take; a bearer token, marked, where the document names none. */
export function readAuth(input: DraftInput): Reading<AuthDraft> {
  const schemes = objectIn(input.document.json.components, "securitySchemes");
  const candidates = Object.entries(schemes).flatMap(([name, source]) => {
    const scheme = followReference(input.document, source);
    return isJsonObject(scheme) ? readScheme(input.id, name, scheme) : [];
  });
  const uses = countUses(input);
  const [best] = candidates
    .map((candidate) => ({ ...candidate, uses: uses.get(candidate.name) ?? 0 }))
    .sort((a, b) => b.uses - a.uses || a.rank - b.rank);
  if (best === undefined) return unknownAuth(input.id, Object.keys(schemes).length > 0);
  const beside = companions(input, best.name)
    .map((name) => candidates.find((candidate) => candidate.name === name)?.value)
    .flatMap((auth) => (auth !== undefined && "name" in auth ? [`${auth.kind} ${auth.name}`] : []));
  const open = beside.length > 0 ? [`the document demands more beside it (${beside.join(", ")}): ${howToSend}.`] : [];
  return { value: best.value, open: [...best.open, ...open] };
}

const howToSend = "callers give it as `headers` of the client or as a parameter of the call";

/** The scheme for a choice that was made in words: `bearer`, `basic`, `header NAME` or `query NAME`. */
export function parseAuth(text: string, id: string): AuthDraft | undefined {
  const [kind = "", name] = text.trim().split(/\s+/);
  if (kind === "bearer" && name === undefined) return { kind, env: environmentName(id, "TOKEN") };
  if (kind === "basic" && name === undefined) return basic(id);
  if ((kind === "header" || kind === "query") && name !== undefined && isToken(name))
    return { kind, name: kind === "header" ? name.toLowerCase() : name, env: environmentName(id, "API_KEY") };
  return undefined;
}

function unknownAuth(id: string, hasSchemes: boolean): Reading<AuthDraft> {
  const reason = hasSchemes
    ? "the document's ways to authenticate are none that a connector has"
    : "the document does not say how to authenticate";
  return {
    value: { kind: "bearer", env: environmentName(id, "TOKEN") },
    open: [`${reason}. "bearer", "basic", "header" and "query" are known; a public API ignores what it gets.`],
  };
}

function readScheme(id: string, name: string, scheme: JsonObject): Candidate[] {
  const said = `${stringIn(scheme, "description") ?? ""} ${stringIn(scheme, "bearerFormat") ?? ""}`;
  const bearer: AuthDraft = { kind: "bearer", env: environmentName(id, "TOKEN") };
  switch (stringIn(scheme, "type")) {
    case "http":
      if (/^basic$/i.test(stringIn(scheme, "scheme") ?? "")) return [{ name, rank: 3, value: basic(id), open: [] }];
      if (/^bearer$/i.test(stringIn(scheme, "scheme") ?? "")) return [{ name, rank: 0, value: bearer, open: [] }];
      return [];
    case "oauth2":
    case "openIdConnect":
      return [{ name, rank: 1, value: bearer, open: [] }];
    case "apiKey":
      return readKey(id, name, scheme, said, bearer);
    default:
      return [];
  }
}

function readKey(id: string, name: string, scheme: JsonObject, said: string, bearer: AuthDraft): Candidate[] {
  const place = stringIn(scheme, "in");
  const key = stringIn(scheme, "name") ?? "";
  if ((place !== "header" && place !== "query") || !isToken(key)) return [];
  const env = environmentName(id, "API_KEY");
  if (place === "query") return [{ name, rank: 4, value: { kind: "query", name: key, env }, open: [] }];
  if (key.toLowerCase() !== "authorization")
    return [{ name, rank: 2, value: { kind: "header", name: key.toLowerCase(), env }, open: [] }];
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
  if (/sigv4/i.test(stringIn(scheme, "x-amazon-apigateway-authtype") ?? "")) {
    const open = ["requests are signed (AWS Signature 4), which takes a policy of your own (`policies.perAttempt`)."];
    return [{ name, rank: 5, value: { kind: "header", name: "authorization", env }, open }];
  }
  // A word before the credential, which documents can only tell in prose: `Authorization: token <key>`.
  if (/\bbearer\b/i.test(`${said} ${name}`)) return [{ name, rank: 0, value: bearer, open: [] }];
  const prefix = /["'`](token|apikey|key)\s/i.exec(said)?.[1];
  if (prefix !== undefined) return [{ name, rank: 2, value: { kind: "bearer", env, prefix }, open: [] }];
  const open = ["the credential is sent as the whole Authorization header; a word may belong before it (`prefix`)."];
  return [{ name, rank: 2, value: { kind: "header", name: "authorization", env }, open }];
}

function basic(id: string): AuthDraft {
  return {
    kind: "basic",
    username: { name: "username", env: environmentName(id, "USERNAME") },
    password: { name: "password", env: environmentName(id, "PASSWORD") },
  };
}

/** How many operations take each scheme. */
function countUses(input: DraftInput): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const requirements of requirementsOf(input)) {
    for (const name of new Set(requirements.flatMap((one) => Object.keys(one))))
      uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}

/** The schemes that the document always demands together with this one. */
function companions(input: DraftInput, name: string): string[] {
  const together = requirementsOf(input).flatMap((requirements) => requirements.filter((one) => name in one));
  const [first, ...others] = together.map((one) => Object.keys(one).filter((other) => other !== name));
  return (first ?? []).filter((other) => others.every((names) => names.includes(other)));
}

function requirementsOf({ document, operations }: DraftInput): JsonObject[][] {
  return operations.map(({ json }) => {
    const own = fieldOf(json, "security") === undefined ? document.json : json;
    return arrayIn(own, "security").filter(isJsonObject);
  });
}

/** A name that can stand in a header or query as it is (RFC 9110, 5.6.2). */
function isToken(name: string): boolean {
  return /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name);
}

/** `ACME_API_KEY` */
export function environmentName(id: string, what: string): string {
  return `${id.replaceAll("-", "_").toUpperCase()}_${what}`;
}
