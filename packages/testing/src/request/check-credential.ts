import type { AuthScheme, CredentialPart } from "@connectry/core";
import type { Pairs } from "../http/parse-form.js";
import { isObject } from "../json/json-object.js";
import type { Problem } from "./problem.js";

/** The only credential that is accepted, in the form of the client's `auth` option. */
export type AcceptedCredential = string | Readonly<Record<string, string | undefined>>;

/** The parts of a request that may carry a credential. */
export interface CredentialCarrier {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Pairs;
  /** The parsed body. */
  readonly body?: unknown;
}

interface SentCredential {
  /** Where the credential, or this part of it, belongs, for the message. */
  readonly place: string;
  readonly value: string | undefined;
  /** Whether it may be missing. */
  readonly optional?: true | undefined;
}

/** A parameter or a field, where it is sent once. */
function findPart(part: CredentialPart, { headers, query, body }: CredentialCarrier): SentCredential {
  const { in: place, as, prefix = "", optional } = part;
  if (place === "header") {
    const text = headers[as.toLowerCase()];
    const value = text?.startsWith(prefix) ? text.slice(prefix.length) : undefined;
    return { place: `the header ${as}${prefix && `: ${prefix}<${part.name}>`}`, value, optional };
  }
  if (place === "query") {
    const values = query.filter(([name]) => name === as).map(([, value]) => value);
    return { place: `the query parameter ${as}`, value: values.length === 1 ? values[0] : undefined, optional };
  }
  const value = isObject(body) ? body[as] : undefined;
  return { place: `the field ${as} of the body`, value: typeof value === "string" ? value : undefined, optional };
}

function withoutPrefix(header: string | undefined, prefix: string): string | undefined {
  const hasPrefix = header?.slice(0, prefix.length + 1).toLowerCase() === `${prefix.toLowerCase()} `;
  return hasPrefix ? header?.slice(prefix.length + 1).trim() : undefined;
}

/** The credential where its scheme has it: each of its parts. */
function findCredential(scheme: AuthScheme, carrier: CredentialCarrier): readonly SentCredential[] {
  return scheme.kind === "parts" ? scheme.parts.map((part) => findPart(part, carrier)) : [findWhole(scheme, carrier)];
}

type WholeScheme = Exclude<AuthScheme, { readonly kind: "parts" }>;

function findWhole(scheme: WholeScheme, { headers, query }: CredentialCarrier): SentCredential {
  switch (scheme.kind) {
    case "bearer":
    case "client-credentials": {
      const { prefix = "Bearer" } = scheme;
      const { otherPrefixes = [] } = scheme.kind === "bearer" ? scheme : {};
      const values = [prefix, ...otherPrefixes].map((one) => withoutPrefix(headers.authorization, one));
      return { place: `Authorization: ${prefix} <credential>`, value: values.find((value) => value !== undefined) };
    }
    case "basic": {
      const encoded = withoutPrefix(headers.authorization, "Basic");
      const decoded = encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString();
      const place = `Authorization: Basic <${scheme.username.name}:${scheme.password.name}>`;
      return { place, value: decoded?.includes(":") ? decoded : undefined };
    }
    case "header": {
      const { name, prefix = "", accounts } = scheme;
      const text = headers[name.toLowerCase()];
      const place = `the header ${name}${prefix && `: ${prefix}<credential>`}`;
      const own = text?.startsWith(prefix) ? text.slice(prefix.length) : undefined;
      const ofAccount = accounts === "bearer" ? withoutPrefix(headers.authorization, "Bearer") : undefined;
      return { place, value: own ?? ofAccount };
    }
    case "query":
      return {
        place: `the query parameter ${scheme.name}`,
        value: query.find(([name]) => name === scheme.name)?.[1],
      };
  }
}

/** The texts that an accepted credential is sent as; undefined where any credential is accepted. */
function acceptedTexts(
  scheme: AuthScheme,
  accepted: AcceptedCredential | undefined,
): readonly (string | undefined)[] | undefined {
  if (accepted === undefined) return undefined;
  if (typeof accepted === "string") return [accepted];
  if (scheme.kind === "parts") return scheme.parts.map(({ name }) => accepted[name]);
  if (scheme.kind !== "basic") return undefined;
  return [`${accepted[scheme.username.name] ?? ""}:${accepted[scheme.password.name] ?? ""}`];
}

/** The credential of a request, in the places of the scheme; undefined where there is none, or not all of it. */
export function sentCredential(scheme: AuthScheme, request: CredentialCarrier): string | undefined {
  const found = findCredential(scheme, request);
  if (found.some(({ value, optional }) => value === undefined && !optional)) return undefined;
  return found.map(({ value = "" }) => value).join("\n");
}

/**
 * Creates a check of the credential of requests. Its messages never contain what was sent. `isAccepted` decides about tokens that clients
 * exchanged their credential for.
 */
export function createCredentialCheck(
  scheme: AuthScheme,
  accepted: AcceptedCredential | undefined,
  isAccepted?: (token: string) => boolean,
): (request: CredentialCarrier) => Problem | undefined {
  const acceptedValues = acceptedTexts(scheme, accepted);
  return (request) => {
    const found = findCredential(scheme, request);
    const missing = found.find(({ value, optional }) => !value && !optional);
    if (missing !== undefined) {
      return { code: "credential_missing", message: `credential is missing: expected ${missing.place}` };
    }
    const wrong =
      acceptedValues &&
      found.find(({ value, optional }, index) => value !== acceptedValues[index] && !(optional && value === undefined));
    if (wrong !== undefined) {
      return {
        code: "credential_wrong",
        message: `the credential in ${wrong.place} is not the accepted \`credential\``,
      };
    }
    const refused = isAccepted && found.find(({ value }) => value !== undefined && !isAccepted(value));
    if (refused !== undefined) {
      return {
        code: "credential_wrong",
        message: `the token in ${refused.place} was not issued to the accepted client`,
      };
    }
    return undefined;
  };
}
