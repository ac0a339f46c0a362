import { fieldOf, stringIn } from "../document/json.js";
import type { Fail } from "./list-style.js";
import { oneOf } from "./one-of.js";
import { readUrl } from "./read-url.js";

/** The kinds of authentication that a profile can name. */
export const AUTH_KINDS = ["bearer", "basic", "header", "query", "parts", "client-credentials"] as const;

/** The part of the field `auth` that the generator uses. */
export interface GeneratorAuth {
  readonly kind: string;
  readonly name: string | undefined;
  /** Whether a client may have the tokens of many accounts, so that calls name one, and whether those are sent as bearer tokens. */
  readonly accounts: boolean | "bearer";
  readonly prefix: string | undefined;
  /** Of several values, where each is sent. */
  readonly parts: readonly { readonly place: string; readonly name: string }[];
}

/** Reads how the credential is sent, and checks what the exchange of one for tokens needs. */
export function readAuthScheme(auth: unknown, fail: Fail): GeneratorAuth {
  const kind = AUTH_KINDS.find((one) => one === stringIn(auth, "kind")) ?? fail("auth.kind", oneOf(AUTH_KINDS));
  if (kind === "client-credentials") checkTokenExchange(auth, fail);
  return {
    kind,
    name: stringIn(auth, "name"),
    prefix: stringIn(auth, "prefix"),
    accounts: readAccounts(kind, fieldOf(auth, "accounts"), fail),
    parts: kind === "parts" ? readParts(fieldOf(auth, "parts"), fail) : [],
  };
}

/** Whether a client may have the tokens of many accounts. Only a credential in a header has another form for those. */
function readAccounts(kind: string, value: unknown, fail: Fail): boolean | "bearer" {
  if (value === "bearer") return kind === "header" ? value : fail("auth.accounts", 'true, or "bearer" of a header');
  return value === true;
}

/** Checks what the exchange of a credential for tokens needs. */
function checkTokenExchange(auth: unknown, fail: Fail): void {
  const tokenUrl = stringIn(auth, "tokenUrl") ?? "";
  if (!tokenUrl.startsWith("/") && readUrl(tokenUrl) === undefined) {
    fail("auth.tokenUrl", "an address, or a path on the host of baseUrl");
  }
  const ways = ["basic", "basic-encoded", "body"];
  if (!ways.includes(stringIn(auth, "clientAuthentication") ?? "")) fail("auth.clientAuthentication", oneOf(ways));
  for (const field of ["clientId", "clientSecret"]) {
    const named = fieldOf(auth, field);
    if (!stringIn(named, "name") || !stringIn(named, "env")) fail(`auth.${field}`, "{ name, env }");
  }
  const fields = fieldOf(auth, "fields") ?? [];
  const listed: readonly unknown[] = Array.isArray(fields) ? fields : fail("auth.fields", "a list of fields");
  for (const [index, field] of listed.entries()) {
    for (const part of ["name", "env", "as"]) {
      if (!stringIn(field, part)) fail(`auth.fields.${index}.${part}`, "a text");
    }
  }
}

function readParts(value: unknown, fail: Fail): GeneratorAuth["parts"] {
  const parts = Array.isArray(value) && value.length > 0 ? value : fail("auth.parts", "a list of parts");
  return (parts as readonly unknown[]).map((part, index) => {
    const place = stringIn(part, "in") ?? "";
    if (!/^(header|query|body)$/.test(place)) return fail(`auth.parts.${index}.in`, oneOf(["header", "query", "body"]));
    return { place, name: stringIn(part, "as") ?? fail(`auth.parts.${index}.as`, "the name that it is sent by") };
  });
}
