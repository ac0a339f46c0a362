import type { AuthScheme } from "@connectry/core";
import type { Pairs } from "../http/parse-form.js";
import type { Problem } from "./problem.js";

/** The only credential that is accepted, in the form of the client's `auth` option. */
export type AcceptedCredential = string | Readonly<Record<string, string>>;

/** The parts of a request that may carry a credential. */
export interface CredentialCarrier {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Pairs;
}

interface SentCredential {
  /** Where the credential belongs, for the message. */
  readonly place: string;
  readonly value: string | undefined;
}

function withoutPrefix(header: string | undefined, prefix: string): string | undefined {
  const hasPrefix = header?.slice(0, prefix.length + 1).toLowerCase() === `${prefix.toLowerCase()} `;
  return hasPrefix ? header?.slice(prefix.length + 1).trim() : undefined;
}

function findCredential(scheme: AuthScheme, { headers, query }: CredentialCarrier): SentCredential {
  switch (scheme.kind) {
    case "bearer": {
      const { prefix = "Bearer", otherPrefixes = [] } = scheme;
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
      const { name, prefix = "" } = scheme;
      const text = headers[name.toLowerCase()];
      const place = `the header ${name}${prefix && `: ${prefix}<credential>`}`;
      return { place, value: text?.startsWith(prefix) ? text.slice(prefix.length) : undefined };
    }
    case "query":
      return {
        place: `the query parameter ${scheme.name}`,
        value: query.find(([name]) => name === scheme.name)?.[1],
      };
  }
}

/** The text that an accepted credential is sent as; undefined where any credential is accepted. */
function acceptedText(scheme: AuthScheme, accepted: AcceptedCredential | undefined): string | undefined {
  if (accepted === undefined || typeof accepted === "string") return accepted;
  if (scheme.kind !== "basic") return undefined;
  return `${accepted[scheme.username.name] ?? ""}:${accepted[scheme.password.name] ?? ""}`;
}

/** The credential of a request, in the place of the scheme; undefined where there is none. */
export function sentCredential(scheme: AuthScheme, request: CredentialCarrier): string | undefined {
  return findCredential(scheme, request).value;
}

/** Creates a check of the credential of requests. Its messages never contain what was sent. */
export function createCredentialCheck(
  scheme: AuthScheme,
  accepted: AcceptedCredential | undefined,
): (request: CredentialCarrier) => Problem | undefined {
  const acceptedValue = acceptedText(scheme, accepted);
  return (request) => {
    const { place, value } = findCredential(scheme, request);
    if (value === undefined || value === "") {
      return { code: "credential_missing", message: `credential is missing: expected ${place}` };
    }
    if (acceptedValue !== undefined && value !== acceptedValue) {
      return { code: "credential_wrong", message: `the credential in ${place} is not the accepted \`credential\`` };
    }
    return undefined;
  };
}
