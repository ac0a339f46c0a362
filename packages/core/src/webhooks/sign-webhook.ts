import { ConfigurationError } from "../errors/configuration-error.js";
import { randomUuid } from "../platform/random.js";
import { concatBytes } from "./concat-bytes.js";
import { decodeKey } from "./decode-key.js";
import { readDelivery } from "./delivery.js";
import { rawToDer } from "./der-signature.js";
import type { Parts } from "./digest.js";
import { encodeBytes } from "./encode-bytes.js";
import { eventItems } from "./event-items.js";
import { sortedFields } from "./form-fields.js";
import { bodyText } from "./parse-body.js";
import { platformDigests } from "./platform-digests.js";
import type { HeaderValue, JsonPath, WebhookScheme } from "./scheme.js";
import { signedParts } from "./signed-parts.js";
import { urlSpellings } from "./url-forms.js";

/** What a delivery is made with. */
export interface SignWebhookOptions {
  /** When it is signed, in milliseconds since the epoch. @default now */
  readonly nowMs?: number;
  /** Headers beside those of the signature: the event's name, its id. A scheme that signs an id gets a new one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default "POST" */
  readonly method?: string;
  /** The endpoint. @default "https://example.com/webhooks" */
  readonly url?: string;
}

/** The header with a value in it, among those that it has. */
function putValue(headers: Headers, { header, separator = ",", prefix = "", suffix = "" }: HeaderValue, value: string) {
  const held = headers.get(header);
  const written = prefix + value + suffix;
  headers.set(header, held === null ? written : held + separator + written);
}

/** The signature by a private key: PKCS #8 in PEM or base64, or the seed of an Ed25519 key in the scheme's encoding. */
async function signByPrivateKey(scheme: WebhookScheme, secret: string, parts: Parts): Promise<string> {
  const { algorithm, signature } = scheme;
  const bytes = concatBytes(parts);
  const pem = secret.replace(/-----[^-]+-----|\s/g, "");
  if (algorithm.kind === "ecdsa-p256") {
    const pkcs8 = Uint8Array.from(atob(pem), (letter) => letter.charCodeAt(0));
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
    const raw = new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, bytes));
    return encodeBytes(algorithm.form === "der" ? rawToDer(raw) : raw, signature.encoding);
  }
  if (algorithm.kind !== "ed25519") throw new ConfigurationError(`${scheme.name} is not signed by a private key.`);
  const seed = decodeKey(scheme, { ...algorithm.key, prefix: "whsk_" }, secret).bytes;
  // A seed of 32 bytes as PKCS #8 (RFC 8410, 7).
  const head = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);
  const pkcs8 = seed.length === 32 ? concatBytes([head, seed]) : seed;
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "Ed25519" }, false, ["sign"]);
  return encodeBytes(new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, key, bytes)), signature.encoding);
}

async function signatureOf(scheme: WebhookScheme, secret: string, parts: Parts): Promise<string> {
  const { algorithm, signature } = scheme;
  const digests = platformDigests();
  switch (algorithm.kind) {
    case "passcode":
      return secret;
    case "hash":
      return digests.hash(algorithm.hash, parts, signature.encoding);
    case "hmac":
      return digests.hmac(algorithm.hash, decodeKey(scheme, algorithm.key, secret), parts, signature.encoding);
    default:
      return signByPrivateKey(scheme, secret, parts);
  }
}

function putAt(target: unknown, path: JsonPath, value: string): void {
  const [step = "", ...rest] = path;
  const object = target as Record<string | number, unknown>;
  if (rest.length === 0) object[step] = value;
  else {
    object[step] ??= {};
    putAt(object[step], rest, value);
  }
}

/** The address with the hash of a body that is no form, where the scheme signs such bodies by it. */
async function withBodyHash(scheme: WebhookScheme, url: string, headers: Headers, body: string | Uint8Array) {
  if (scheme.bodyHashQuery === undefined || body.length === 0 || /urlencoded/.test(headers.get("content-type") ?? "")) {
    return url;
  }
  const hash = await platformDigests().hash("SHA-256", [body], "hex");
  return `${url}${url.includes("?") ? "&" : "?"}${scheme.bodyHashQuery}=${hash}`;
}

/**
 * Makes a delivery as the provider would send it, for tests. `body` is sent as it is where it is text or bytes, and as
 * JSON otherwise. The secret is what the receiver has, but for schemes with a public key: there it is the private one.
 */
export async function signWebhook(
  scheme: WebhookScheme,
  secret: string,
  body: unknown,
  options: SignWebhookOptions = {},
): Promise<Request> {
  const { nowMs = Date.now(), method = "POST" } = options;
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  const headers = new Headers({ "content-type": "application/json", ...options.headers });
  const place = scheme.timestamp;
  const timestamp = place === undefined ? "" : String(Math.floor(nowMs / (place.unit === "seconds" ? 1_000 : 1)));
  if (place !== undefined) putValue(headers, place, timestamp);
  for (const part of scheme.signed) {
    if (typeof part === "object" && "value" in part && !headers.has(part.value.header)) {
      putValue(headers, part.value, `msg_${randomUuid()}`);
    }
  }
  let bytes: string | Uint8Array = isRaw ? body : JSON.stringify(body);
  const url = await withBodyHash(scheme, options.url ?? "https://example.com/webhooks", headers, bytes);
  const sign = async (event: unknown) => {
    const delivery = await readDelivery(
      scheme,
      { headers, body: bytes, method, url },
      { maxBodyBytes: Number.POSITIVE_INFINITY },
    );
    const [spelling = url] = urlSpellings(url, scheme.urlForms ?? ["as-given"]);
    const isBodyHashed = scheme.bodyHashQuery !== undefined && url.includes(`${scheme.bodyHashQuery}=`);
    const form = isBodyHashed ? "" : sortedFields(bodyText(delivery));
    const source = { delivery, url: spelling, timestamp, secret, event, form };
    return signatureOf(scheme, secret, signedParts(scheme, source));
  };
  const { signature } = scheme;
  if (signature.in === "header") putValue(headers, signature, await sign(undefined));
  else {
    const value: unknown = isRaw ? JSON.parse(new TextDecoder().decode(concatBytes([bytes]))) : structuredClone(body);
    for (const event of eventItems(scheme, value)) putAt(event, signature.path, await sign(event));
    bytes = JSON.stringify(value);
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(url, { method, headers, ...(hasBody ? { body: bytes as BodyInit } : {}) });
}
