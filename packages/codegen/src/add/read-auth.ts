import { isJsonObject, type JsonObject, objectIn, stringIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { requirementsOf, withoutCredential } from "../generate/facts/credentials.js";
import { type ApiOperation, operationKey } from "../generate/operations/api-operation.js";
import type { GeneratorProfile } from "../generate/profile/generator-profile.js";
import type { Drafted, DraftInput } from "./draft.js";
import { readBodyParts } from "./read-body-parts.js";
import { type DraftedParts, type DraftPart, readParts } from "./read-parts.js";

/** How the credential is sent: the field `auth` of a profile. */
export type AuthDraft =
  | { readonly kind: "bearer"; readonly env: string; readonly prefix?: string }
  | { readonly kind: "basic"; readonly username: NamedValue; readonly password: NamedValue }
  | { readonly kind: "header" | "query"; readonly name: string; readonly env: string; readonly prefix?: string }
  | { readonly kind: "parts"; readonly parts: readonly DraftPart[] }
  | {
      readonly kind: "client-credentials";
      readonly tokenUrl: string;
      readonly clientAuthentication: "basic";
      readonly clientId: NamedValue;
      readonly clientSecret: NamedValue;
    };

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

/**
 * The scheme that most operations accept; a bearer token with a TODO if there is none. A key in the query, which ends in logs, is not
 * chosen because it is an alternative everywhere, but where more operations accept nothing else than accept any other scheme.
 */
export function readAuth(input: DraftInput): Drafted<AuthDraft> {
  const schemes = objectIn(input.document.json.components, "securitySchemes");
  const candidates = Object.entries(schemes).flatMap(([name, source]) => {
    const json = followReference(input.document, source);
    return isJsonObject(json) ? readScheme(input, name, json) : [];
  });
  const uses = countUses(input);
  const together = readParts(input);
  if (together !== undefined) return partsAuth(input, together, candidates);
  const sorted = candidates
    .map((candidate) => ({ ...candidate, uses: uses.get(candidate.name) ?? 0 }))
    .sort((a, b) => b.uses - a.uses || a.rank - b.rank);
  const [first] = sorted;
  if (first === undefined) {
    const parts = Object.keys(schemes).length > 0 ? undefined : readBodyParts(input);
    return parts === undefined
      ? unknownAuth(input.id, Object.keys(schemes).length > 0)
      : { value: { kind: "parts", parts }, todos: [`check that the credential is ${listParts(parts)} of each body.`] };
  }
  const other = sorted.find(({ value, uses: count }) => value.kind !== "query" && count > 0);
  const best = first.value.kind === "query" && other && other.uses >= countOnly(input, first.name) ? other : first;
  return {
    value: best.value,
    todos: [
      ...best.todos,
      ...togetherTodos(input, best.name, { candidates, known: new Set([best.name]) }),
      ...otherTodos(input, best.value),
    ],
  };
}

const listParts = (parts: readonly DraftPart[]) => parts.map(({ as }) => `\`${as}\``).join(" and ");

/** Keys that are required together, and what else operations require with them. */
function partsAuth(
  input: DraftInput,
  { parts, schemes }: DraftedParts,
  candidates: readonly Candidate[],
): Drafted<AuthDraft> {
  const value: AuthDraft = { kind: "parts", parts };
  const [first = ""] = schemes;
  return {
    value,
    todos: [...togetherTodos(input, first, { candidates, known: schemes }), ...otherTodos(input, value)],
  };
}

/** How many operations accept nothing but one scheme. */
function countOnly(input: DraftInput, name: string): number {
  return allRequirements(input).filter((all) => all.length > 0 && all.every((one) => Object.keys(one).includes(name)))
    .length;
}

/** What operations require together with the chosen scheme, and with those that are known to be parts of it. */
function togetherTodos(
  input: DraftInput,
  name: string,
  { candidates, known }: { readonly candidates: readonly Candidate[]; readonly known: ReadonlySet<string> },
): string[] {
  const extras = allRequirements(input).flatMap((all) => {
    const own = all.filter((one) => name in one).map((one) => Object.keys(one).filter((other) => !known.has(other)));
    const isAlone = own.length === 0 || own.some((others) => others.length === 0);
    return isAlone ? [] : own.slice(0, 1);
  });
  if (extras.length === 0) return [];
  const describe = (other: string) => {
    const auth = candidates.find((candidate) => candidate.name === other)?.value;
    return auth === undefined ? other : "name" in auth ? `${auth.kind} ${auth.name}` : `${other} (${auth.kind})`;
  };
  const names = [...new Set(extras.flat())].map(describe).join(", ");
  const where =
    extras.length < input.operations.length ? ` in ${extras.length} of ${input.operations.length} operations` : "";
  return [`the document also requires ${names}${where}: ${howToPass}.`];
}

const howToPass = "callers pass it as `headers` of the client or as a parameter of the call";

/** What the operations take that the chosen scheme is not for. */
function otherTodos(input: DraftInput, auth: AuthDraft): string[] {
  const parts = auth.kind === "parts" ? auth.parts.map(({ in: place, as: name }) => ({ place, name })) : [];
  const profile = {
    auth: { name: undefined, prefix: undefined, accounts: false, ...auth, parts },
  } as unknown as GeneratorProfile;
  const { none, others: withOthers } = withoutCredential(input.operations, profile);
  const [first, ...others] = withOthers;
  return [...openTodos(input, [...none]), ...(first === undefined ? [] : [describeOthers(first, others)])];
}

/** Few APIs are open but for a few operations: such a document may have lost its requirements, as Notion's has. */
function openTodos({ operations }: DraftInput, [first, ...others]: readonly ApiOperation[]): string[] {
  if (first === undefined || 2 * (others.length + 1) <= operations.length) return [];
  const count = `${others.length + 1} of ${operations.length} operations`;
  return [
    `${count}, such as ${operationKey(first)}, have \`security: []\` and are sent without the credential: where they need it, remove that in overlay.yaml (target: $.paths.*.*.security, remove: true).`,
  ];
}

/** The TODO for operations that take another credential. */
function describeOthers(first: ApiOperation, others: readonly ApiOperation[]): string {
  const names = [...new Set((requirementsOf(first) ?? []).flatMap((one) => Object.keys(one)))].join(" or ");
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `another credential (${names}) is for ${operationKey(first)}${more}: these are sent without the client's, and callers pass theirs as \`headers\`.`;
}

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

function readScheme(input: DraftInput, name: string, scheme: JsonObject): Candidate[] {
  const { id } = input;
  const bearer = bearerAuth(id);
  switch (stringIn(scheme, "type")) {
    case "http":
      if (/^basic$/i.test(stringIn(scheme, "scheme") ?? ""))
        return [{ name, rank: 3, value: basicAuth(id), todos: [] }];
      if (/^bearer$/i.test(stringIn(scheme, "scheme") ?? "")) return [{ name, rank: 0, value: bearer, todos: [] }];
      return [];
    case "oauth2": {
      const exchanged = readTokenExchange(id, objectIn(scheme, "flows"));
      return [exchanged ? { name, rank: 1, ...exchanged } : { name, rank: 1, value: bearer, todos: [] }];
    }
    case "openIdConnect":
      return [{ name, rank: 1, value: bearer, todos: [] }];
    case "apiKey":
      return readApiKey(input, name, scheme);
    default:
      return [];
  }
}

/** Of a scheme whose tokens are for clients alone, and not for users, where a client gets them. */
function readTokenExchange(id: string, flows: JsonObject): Drafted<AuthDraft> | undefined {
  const tokenUrl = stringIn(objectIn(flows, "clientCredentials"), "tokenUrl") ?? "";
  if (Object.keys(flows).length !== 1 || !/^(https:\/)?\/[^/]/.test(tokenUrl)) return undefined;
  return {
    value: {
      kind: "client-credentials",
      tokenUrl,
      clientAuthentication: "basic",
      clientId: { name: "clientId", env: environmentName(id, "CLIENT_ID") },
      clientSecret: { name: "clientSecret", env: environmentName(id, "CLIENT_SECRET") },
    },
    todos: [
      "no document says how a client proves who it is when it asks for a token: `basic`, or `body` for client_id and client_secret in the form. Add `fields` where token requests have others.",
    ],
  };
}

function readApiKey({ id, operations }: DraftInput, name: string, scheme: JsonObject): Candidate[] {
  const location = stringIn(scheme, "in");
  const key = stringIn(scheme, "name") ?? "";
  if (!isToken(key)) return [];
  const env = environmentName(id, "API_KEY");
  if (location === "cookie") {
    // The credential is the whole header, and would replace cookies that are parameters.
    const hasOthers = operations.some(({ parameters }) => parameters.some(({ place }) => place === "cookie"));
    return hasOthers
      ? []
      : [{ name, rank: 4, value: { kind: "header", name: "cookie", env, prefix: `${key}=` }, todos: [] }];
  }
  if (location !== "header" && location !== "query") return [];
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
  const [, prefix, parameter, quote] = /["'`](token|apikey|key)\s+(\w+=)?(\\?["'])?/i.exec(description) ?? [];
  // https://api.rubyonrails.org/classes/ActionController/HttpAuthentication/Token.html
  if (prefix !== undefined && parameter !== undefined && quote === undefined)
    return [
      {
        name,
        rank: 2,
        value: { kind: "header", name: "authorization", env, prefix: `${prefix} ${parameter}` },
        todos: [],
      },
    ];
  if (prefix !== undefined && parameter === undefined)
    return [{ name, rank: 2, value: { kind: "bearer", env, prefix }, todos: [] }];
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
  for (const requirements of allRequirements(input)) {
    for (const name of new Set(requirements.flatMap((one) => Object.keys(one))))
      uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}

function allRequirements({ operations }: DraftInput): JsonObject[][] {
  return operations.map((operation) => requirementsOf(operation) ?? []);
}

/** Whether a name can be used in a header or query unescaped (RFC 9110, 5.6.2). */
function isToken(name: string): boolean {
  return /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name);
}

/** `ACME_API_KEY` */
function environmentName(id: string, suffix: string): string {
  return `${id.replaceAll("-", "_").toUpperCase()}_${suffix}`;
}
