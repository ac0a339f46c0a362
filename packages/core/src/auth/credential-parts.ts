import { ConfigurationError } from "../errors/connectry-error.js";
import type { Call } from "../pipeline/call.js";
import { readJsonObject, withMembers } from "../pipeline/json-members.js";
import type { ApplyCredential, Secrets } from "../pipeline/strategies.js";
import { withHeader } from "../pipeline/with-header.js";
import type { AuthScheme, CredentialPart } from "../provider/auth-scheme.js";
import { withQuery } from "./auth-schemes.js";

type PartsScheme = Extract<AuthScheme, { readonly kind: "parts" }>;
type Fields = Readonly<Record<string, string>>;

/** The parts of one kind of place that the client has, by the names under which they are sent. */
function partsIn(place: CredentialPart["in"], scheme: AuthScheme, secrets: Secrets): [name: string, text: string][] {
  return (scheme as PartsScheme).parts.flatMap(({ in: own, as, prefix = "" }, index) => {
    const secret = secrets[index];
    return own === place && secret ? [[as, `${prefix}${secret}`]] : [];
  });
}

/** The parts of a credential in headers and in the query; one that the client lacks is not sent. */
export const partsAuth: ApplyCredential = (call, secrets, scheme) => {
  const inQuery = partsIn("query", scheme, secrets);
  return partsIn("header", scheme, secrets).reduce(
    (applied, [name, text]) => withHeader(applied, name, text),
    inQuery.length > 0 ? withQuery(call, inQuery) : call,
  );
};

/**
 * As `partsAuth`, with parts that are fields of the body: of a JSON object, or of a urlencoded form. A call without a body gets one. Throws
 * ConfigurationError for a body that cannot have them, and for one with another credential.
 */
export const bodyPartsAuth: ApplyCredential = (call, secrets, scheme) => {
  const applied = partsAuth(call, secrets, scheme);
  const inBody = partsIn("body", scheme, secrets);
  return inBody.length > 0 ? withFields(applied, Object.fromEntries(inBody)) : applied;
};

const urlEncoded = "application/x-www-form-urlencoded";

/** A call that had no body, and so no header that says its type. */
function withNewBody(call: Call, contentType: string, data: string): Call {
  return { ...withHeader(call, "content-type", contentType), body: { kind: "replayable", contentType, data } };
}

function withFields(call: Call, fields: Fields): Call {
  const { operation, body, headers } = call;
  const names = Object.keys(fields).join(" and ");
  const isForm = body
    ? /^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? body.contentType ?? "")
    : operation.body.startsWith("form");
  /** The fields that the body lacks. */
  const missingFrom = (ownOf: (name: string) => unknown): Fields => {
    const entries = Object.entries(fields).filter(([name, value]) => {
      const own = ownOf(name);
      if (own === undefined || own === value) return own === undefined;
      throw new ConfigurationError(
        `${operation.id}: the body has another credential at \`${name}\`: leave it out, the client sends its own.`,
      );
    });
    return Object.fromEntries(entries);
  };
  if (isForm && (body === undefined || body.kind === "replayable")) {
    const text = typeof body?.data === "string" ? body.data : new TextDecoder().decode(body?.data);
    const pairs = new URLSearchParams(text);
    const added = new URLSearchParams(missingFrom((name) => pairs.get(name) ?? undefined));
    const data = [`${added}`, text].filter(Boolean).join("&");
    return body ? { ...call, body: { ...body, data } } : withNewBody(call, urlEncoded, data);
  }
  if (body === undefined && operation.body === "json" && !/^(GET|HEAD)$/.test(operation.method)) {
    return withNewBody(call, operation.contentType ?? "application/json", JSON.stringify(fields));
  }
  const found = readJsonObject(call);
  if (!found) {
    throw new ConfigurationError(`${operation.id}: the credential is sent as ${names} of a JSON object or a form.`);
  }
  const { json } = found;
  return withMembers(
    call,
    found,
    missingFrom((name) => (Object.hasOwn(json, name) ? json[name] : undefined)),
  );
}
