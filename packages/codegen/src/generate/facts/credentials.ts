import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import type { ApiOperation } from "../operations/api-operation.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";

/** The alternatives of an operation: each names schemes that are required together. Undefined where the document says nothing. */
export function requirementsOf({ document, json }: ApiOperation): JsonObject[] | undefined {
  const holder = fieldOf(json, "security") === undefined ? document.json : json;
  return Array.isArray(fieldOf(holder, "security")) ? arrayIn(holder, "security").filter(isJsonObject) : undefined;
}

/**
 * The operations that the connector's credential is not sent with: `none` take no credential, `others` only another one. An
 * operation of which the document says nothing takes it, and so do all where no scheme is the profile's: the profile then knows better.
 */
export function withoutCredential<T extends ApiOperation>(
  operations: readonly T[],
  profile: GeneratorProfile,
): { readonly none: ReadonlySet<T>; readonly others: ReadonlySet<T> } {
  const none = operations.filter(({ json }) => {
    const security = fieldOf(json, "security");
    return Array.isArray(security) && security.length === 0;
  });
  const secured = operations.filter((operation) => (requirementsOf(operation) ?? []).length > 0);
  const takes = (operation: T) =>
    (requirementsOf(operation) ?? []).some((one) =>
      Object.keys(one).some((name) => isOfProfile(schemeOf(operation, name), profile)),
    );
  const others = secured.filter((operation) => !takes(operation));
  return { none: new Set(none), others: new Set(others.length < secured.length ? others : []) };
}

/** A security scheme by its name; undefined where the document has none of that name. */
export function schemeOf({ document }: ApiOperation, name: string): unknown {
  return followReference(document, objectIn(document.json.components, "securitySchemes")[name]);
}

/** Whether the credential of the profile is what a scheme asks for. A scheme that nobody knows may be. */
function isOfProfile(scheme: unknown, { auth }: GeneratorProfile): boolean {
  const [type, name, place] = [stringIn(scheme, "type"), stringIn(scheme, "name") ?? "", stringIn(scheme, "in")];
  const isWholeHeader = auth.kind === "header" && auth.name?.toLowerCase() === "authorization";
  // What its client is exchanged for.
  const isToken = auth.kind === "bearer" || auth.kind === "client-credentials";
  if (auth.kind === "parts") {
    // A scheme of another kind may be what one of the parts is.
    if (type !== "apiKey") return type !== "oauth2" && type !== "openIdConnect" && type !== "http";
    const isSame = (part: string) => (place === "header" ? part.toLowerCase() === name.toLowerCase() : part === name);
    return auth.parts.some((part) => part.place === place && isSame(part.name));
  }
  switch (type) {
    case "http":
      if (isWholeHeader) return true;
      return /^basic$/i.test(stringIn(scheme, "scheme") ?? "") ? auth.kind === "basic" : isToken;
    case "oauth2":
    case "openIdConnect":
      // A word of the provider's own before the credential says that it is not a token of OAuth.
      return isWholeHeader || auth.accounts === "bearer" || (isToken && auth.prefix === undefined);
    case "apiKey":
      if (place === "query") return auth.kind === "query" && auth.name === name;
      if (place === "cookie")
        return auth.kind === "header" && auth.name?.toLowerCase() === "cookie" && auth.prefix === `${name}=`;
      if (place !== "header") return false;
      if (name.toLowerCase() === "authorization") return isToken || isWholeHeader;
      return auth.kind === "header" && auth.name?.toLowerCase() === name.toLowerCase();
    default:
      return true;
  }
}
