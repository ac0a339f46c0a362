import type { AuthScheme } from "@connectry/core";
import type { Pairs } from "./parse-form.js";
import type { Problem } from "./problem.js";

/** The one credential that is let in: what `auth` of the client takes. */
export type DemandedCredential = string | Readonly<Record<string, string>>;

interface Wanted {
  /** How it is sent, for the message. */
  readonly place: string;
  readonly sent: string | undefined;
  /** What must have been sent; undefined where any will do. */
  readonly exact: string | undefined;
}

function afterPrefix(header: string | undefined, prefix: string): string | undefined {
  const found = header?.slice(0, prefix.length + 1).toLowerCase() === `${prefix.toLowerCase()} `;
  return found ? header?.slice(prefix.length + 1).trim() : undefined;
}

function basicText(
  scheme: Extract<AuthScheme, { kind: "basic" }>,
  credential: DemandedCredential | undefined,
): string | undefined {
  if (credential === undefined || typeof credential === "string") return credential;
  return `${credential[scheme.username.name] ?? ""}:${credential[scheme.password.name] ?? ""}`;
}

function wantedOf(
  scheme: AuthScheme,
  credential: DemandedCredential | undefined,
  headers: Readonly<Record<string, string>>,
  query: Pairs,
): Wanted {
  const exact = typeof credential === "string" ? credential : undefined;
  switch (scheme.kind) {
    case "bearer": {
      const prefix = scheme.prefix ?? "Bearer";
      return {
        place: `Authorization: ${prefix} <credential>`,
        sent: afterPrefix(headers.authorization, prefix),
        exact,
      };
    }
    case "basic": {
      const encoded = afterPrefix(headers.authorization, "Basic");
      const sent = encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString();
      const place = `Authorization: Basic <${scheme.username.name}:${scheme.password.name}>`;
      return { place, sent: sent?.includes(":") ? sent : undefined, exact: basicText(scheme, credential) };
    }
    case "header":
      return { place: `the header ${scheme.name}`, sent: headers[scheme.name.toLowerCase()], exact };
    case "query":
      return {
        place: `the query parameter ${scheme.name}`,
        sent: query.find(([name]) => name === scheme.name)?.[1],
        exact,
      };
  }
}

/** The credential that a request carries, in the scheme's place; undefined where there is none. */
export function sentCredential(
  scheme: AuthScheme,
  headers: Readonly<Record<string, string>>,
  query: Pairs,
): string | undefined {
  return wantedOf(scheme, undefined, headers, query).sent;
}

/** Why a request is not let in; undefined where it is. The message never holds what was sent. */
export function checkCredential(
  scheme: AuthScheme,
  credential: DemandedCredential | undefined,
  headers: Readonly<Record<string, string>>,
  query: Pairs,
): Problem | undefined {
  const { place, sent, exact } = wantedOf(scheme, credential, headers, query);
  if (sent === undefined || sent === "") {
    return { code: "credential_missing", message: `no credential was sent; expected ${place}` };
  }
  if (exact !== undefined && sent !== exact) {
    return {
      code: "credential_wrong",
      message: `the credential in ${place} is not the one that this server was told to demand`,
    };
  }
  return undefined;
}
