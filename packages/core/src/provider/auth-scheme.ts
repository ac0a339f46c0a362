import type { TokenExchangeFacts } from "./token-facts.js";

/** One part of a credential: its name in the option `auth`, the environment variable that has it, and where it is sent. */
export interface CredentialPart {
  /** `clientId`: its name in the option `auth`. Of a credential of one part, `auth` is its text. */
  readonly name: string;
  readonly env: string;
  /** A header, a query parameter, or a field at the top level of bodies, which are JSON or urlencoded forms. */
  readonly in: "header" | "query" | "body";
  /** The name of the header, the parameter or the field. */
  readonly as: string;
  /** What the header has before the part: `Bearer `, with its space. */
  readonly prefix?: string;
  /** A client may lack it: then it is not sent. */
  readonly optional?: true;
}

/** How the credential is sent, and the environment variables that hold it where no `auth` is given. */
export type AuthScheme = {
  /**
   * The provider issues tokens for many accounts, by OAuth: a client may have all of them, and calls the option `account`. `bearer`:
   * those are sent as `Authorization: Bearer`, and only the credential of a client of one account in a header of the provider's own.
   */
  readonly accounts?: true | "bearer";
} /**
 * `Authorization: Bearer <credential>`; `prefix` replaces `Bearer`, and `otherPrefixes` are those that other clients of the provider send.
 */ & (
  | {
      readonly kind: "bearer";
      readonly env: string;
      readonly prefix?: string;
      readonly otherPrefixes?: readonly string[];
    }
  /** `Authorization: Basic`, from two named values. */
  | {
      readonly kind: "basic";
      readonly username: { readonly name: string; readonly env: string };
      readonly password: { readonly name: string; readonly env: string };
    }
  /** `prefix` is what the header has before the credential, such as `Token token=`, or `sid=` in the header `cookie`. */
  | { readonly kind: "header"; readonly name: string; readonly env: string; readonly prefix?: string }
  | { readonly kind: "query"; readonly name: string; readonly env: string }
  /** Several values, each in a place of its own: `plaid-client-id` and `plaid-secret`. Or one, in bodies. */
  | { readonly kind: "parts"; readonly parts: readonly CredentialPart[] }
  /**
   * `Authorization: Bearer <token>`, where the token is what a client id and its secret are exchanged for before the first call; or
   * `prefix` in place of `Bearer`. A client may also be given a token.
   */
  | ({ readonly kind: "client-credentials"; readonly prefix?: string } & TokenExchangeFacts)
);

/** A place of a request that a credential is in. */
export interface CredentialPlace {
  readonly in: "header" | "query" | "body";
  /** Of a header in lower case. */
  readonly name: string;
}

/** The places in which a scheme puts the credential. */
export function credentialPlaces(auth: AuthScheme): readonly CredentialPlace[] {
  if (auth.kind === "parts") {
    return auth.parts.map((part) => ({ in: part.in, name: part.in === "header" ? part.as.toLowerCase() : part.as }));
  }
  if (auth.kind === "query") return [{ in: "query", name: auth.name }];
  const own = auth.kind === "header" ? auth.name.toLowerCase() : "authorization";
  const names = auth.accounts === "bearer" ? [...new Set([own, "authorization"])] : [own];
  return names.map((name) => ({ in: "header", name }));
}

/** The names that the credential has in one kind of place. */
export function credentialNames(auth: AuthScheme, kind: CredentialPlace["in"]): readonly string[] {
  return credentialPlaces(auth).flatMap((place) => (place.in === kind ? place.name : []));
}
