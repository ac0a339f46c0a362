import { ConfigurationError } from "../../errors/connectry-error.js";
import { isBytes } from "../../platform/bytes.js";
import type { JsonPath } from "../../platform/json-path.js";
import { randomUuid } from "../../platform/random.js";
import type { HashInput } from "../crypto/digests.js";
import { platformDigests } from "../crypto/platform-digests.js";
import { signByPrivateKey } from "../crypto/private-key.js";
import { hmacKeyOf } from "../crypto/secret-keys.js";
import { eventItems } from "../delivery/body-fields.js";
import { isForm } from "../delivery/form-body.js";
import { bodyText } from "../delivery/parse-body.js";
import { readDelivery } from "../delivery/read-delivery.js";
import { checkSecrets } from "../scheme/check-arguments.js";
import type { HeaderValue } from "../scheme/locations.js";
import type { TimestampLocation } from "../scheme/timestamp-location.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { computePart, signedParts } from "./signed-parts.js";
import { urlsInFormats } from "./urls-in-formats.js";

/** How a delivery is signed. */
export interface SignWebhookOptions {
  /**
   * The secret of the receiver. For schemes whose secret is a public key, the private key: PKCS #8 in base64 or PEM, or
   * an Ed25519 seed.
   */
  readonly secret: string;
  /**
   * The private key of the provider, for schemes whose public key it publishes (Amazon SNS, PayPal): PKCS #8 in PEM or base64. The
   * scheme gets the certificate of your key by its option `fetch`.
   */
  readonly privateKey?: string;
  /** When the delivery is signed, in milliseconds since the epoch. @default now */
  readonly nowMs?: number;
  /**
   * Further headers, such as the name or the id of the event. Where a scheme signs an id, a random one is the default.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default "POST" */
  readonly method?: string;
  /** The URL of the endpoint. @default "https://example.com/webhooks" */
  readonly url?: string;
}

/** Adds a value to a header, after the values that it has. */
function addValue(
  headers: Headers,
  { header, separator = ",", prefix = "", suffix = "", position }: HeaderValue,
  value: string,
) {
  const current = headers.get(header);
  const added = prefix + value + suffix;
  if (position !== undefined) {
    const values = current?.split(separator) ?? [];
    while (values.length <= position) values.push("");
    values[position] = added;
    headers.set(header, values.join(separator));
    return;
  }
  headers.set(header, current === null ? added : current + separator + added);
}

function signatureOf(
  scheme: WebhookScheme,
  { secret, privateKey }: SignWebhookOptions,
  input: HashInput,
): string | Promise<string> {
  const { algorithm, signature } = scheme;
  switch (algorithm.kind) {
    case "passcode":
      return secret;
    case "hash":
      return platformDigests().hash(algorithm.hash, input, signature.encoding);
    case "hmac":
      return platformDigests().hmac(hmacKeyOf(scheme, algorithm, secret), input, signature.encoding);
    case "published-key":
      if (algorithm.sign !== undefined && privateKey !== undefined) return algorithm.sign(input, privateKey);
      throw new ConfigurationError(
        `${scheme.name} signs with a private key of its own: ${algorithm.sign === undefined ? "sign the token with `jose`, and pass it as a header of a request" : "pass `privateKey`"}.`,
      );
    default:
      return signByPrivateKey(scheme, secret, input);
  }
}

function setAtPath(target: unknown, path: JsonPath, value: string | number): void {
  const [key = "", ...rest] = path;
  const object = target as Record<string | number, unknown>;
  if (rest.length === 0) object[key] = value;
  else {
    object[key] ??= {};
    setAtPath(object[key], rest, value);
  }
}

/** Adds the hash of the body to the query, where the scheme signs it there and the body is not a form. */
async function withBodyHash(
  { bodyHashQuery }: WebhookScheme,
  url: string,
  { headers, body }: { readonly headers: Headers; readonly body: string | Uint8Array },
): Promise<string> {
  if (bodyHashQuery === undefined || body.length === 0) return url;
  if (isForm({ header: (name) => headers.get(name) ?? undefined })) return url;
  const hash = await platformDigests().hash("SHA-256", [body], "hex");
  return `${url}${url.includes("?") ? "&" : "?"}${bodyHashQuery}=${hash}`;
}

function formatTime(ms: number, { unit, format }: TimestampLocation): string {
  return format?.format(ms) ?? String(Math.floor(ms / (unit === "seconds" ? 1_000 : 1)));
}

/** Adds the headers that are signed: the timestamp, and a random value for each other header that is missing. */
function addSignedValues(scheme: WebhookScheme, headers: Headers, timestamp: string): void {
  if (scheme.timestamp !== undefined && "header" in scheme.timestamp) addValue(headers, scheme.timestamp, timestamp);
  for (const part of scheme.signed) {
    if (typeof part === "object" && "value" in part && !headers.has(part.value.header)) {
      addValue(headers, part.value, `msg_${randomUuid()}`);
    }
  }
}

/** A copy of a body with the time of its signature, where the scheme has it in the body. */
function withBodyTimestamp({ timestamp: location }: WebhookScheme, body: unknown, timestamp: string): unknown {
  if (location === undefined || !("body" in location)) return body;
  const copy: unknown = structuredClone(body);
  setAtPath(copy, location.body, location.format ? timestamp : Number(timestamp));
  return copy;
}

/**
 * Creates a delivery as the provider would send it, for tests. A body that is a string or bytes is sent as it is, any
 * other body as JSON, with the time of the signature where the scheme has it in the body.
 * @throws ConfigurationError where the secret does not have the scheme's key format, or an argument is missing.
 */
export async function signWebhook(scheme: WebhookScheme, body: unknown, options: SignWebhookOptions): Promise<Request> {
  checkSecrets(scheme, options, "secret");
  const { secret, nowMs = Date.now(), method = "POST", url: endpoint = "https://example.com/webhooks" } = options;
  const isRaw = typeof body === "string" || isBytes(body);
  const headers = new Headers({ "content-type": "application/json", ...options.headers });
  const timestamp = scheme.timestamp === undefined ? "" : formatTime(nowMs, scheme.timestamp);
  addSignedValues(scheme, headers, timestamp);
  const content = isRaw ? body : JSON.stringify(withBodyTimestamp(scheme, body, timestamp));
  const url = await withBodyHash(scheme, endpoint, { headers, body: content });

  const request = { headers, body: content, method, url };
  const delivery = await readDelivery(scheme, request, { maxBodyBytes: Number.POSITIVE_INFINITY });
  const computed = await computePart(scheme, delivery, (part) => platformDigests().hash("SHA-256", [part], "hex"));
  const context = { scheme, delivery, timestamp, computed };
  const [signedUrl = url] = urlsInFormats(url, scheme.urlFormats ?? []);
  const sign = (event: unknown) =>
    signatureOf(scheme, options, signedParts(context, { secret, url: signedUrl, event }));

  const { signature } = scheme;
  let signedContent = content;
  let signedTo = url;
  if (signature.in === "header") addValue(headers, signature, await sign(undefined));
  else if (signature.in === "query") {
    const parameter = `${signature.path[0]}=${encodeURIComponent(await sign(undefined))}`;
    signedTo = `${url}${url.includes("?") ? "&" : "?"}${parameter}`;
  } else {
    const value: unknown = JSON.parse(bodyText(delivery));
    for (const event of eventItems(scheme, value)) setAtPath(event, signature.path, await sign(event));
    signedContent = JSON.stringify(value);
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(signedTo, { method, headers, ...(hasBody ? { body: signedContent as BodyInit } : {}) });
}
