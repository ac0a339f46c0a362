import type { WebhookVerificationError } from "../errors/webhook-verification-error.js";
import type { Bytes } from "../pipeline/bytes.js";
import { rawUrlOf } from "./raw-url.js";
import { readBodyBytes } from "./read-body-bytes.js";
import { refusal } from "./refuse.js";
import type { WebhookScheme } from "./scheme.js";

/** A delivery whose body was read already, such as a Node request's: its raw bytes, or the text they are in UTF-8. */
export interface WebhookRequest {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string | Uint8Array;
  /** @default "POST" */
  readonly method?: string | undefined;
  /** The whole address; needed where the scheme signs it (HubSpot, Twilio). */
  readonly url?: string | undefined;
}

/** A delivery as the schemes read it. */
export interface Delivery {
  readonly method: string;
  readonly url: string;
  /** The raw bytes. */
  readonly body: Bytes;
  /** The same as it was handed over: a text stands for its bytes in UTF-8. */
  readonly content: string | Bytes;
  /** A header by its name in lower case; several of one name are joined by commas. */
  header(name: string): string | undefined;
}

/** How a delivery is read. */
export interface DeliveryOptions {
  /**
   * The endpoint's address as the provider calls it, where that is not what arrives here (behind a proxy, say): its
   * origin, and its path where it has one, take the place of the request's; the query stays. Or a function of the
   * request's own address. Only schemes that sign the address need it. @default the request's address
   */
  readonly publicUrl?: string | ((url: string) => string) | undefined;
  /** The most bytes of a body; a larger one is refused before anything is computed over it. @default 1 MiB */
  readonly maxBodyBytes?: number | undefined;
}

const encoder = new TextEncoder();
const defaultMaxBodyBytes = 1_048_576;

// By what they can do: a runtime may bring more than one class of each.
const isWebHeaders = (headers: WebhookRequest["headers"]): headers is Headers => typeof headers.get === "function";
const isWebRequest = (request: Request | WebhookRequest): request is Request => "bodyUsed" in request;

function publicUrlOf(url: string, publicUrl: DeliveryOptions["publicUrl"]): string {
  if (publicUrl === undefined) return url;
  if (typeof publicUrl === "function") return publicUrl(url);
  const rest = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/is.exec(url)?.[1] ?? "";
  const query = rest.indexOf("?");
  const path = query < 0 ? rest : rest.slice(0, query);
  const base = publicUrl.replace(/\/$/, "");
  const hasPath = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\/./is.test(publicUrl);
  return `${hasPath ? publicUrl : base + path}${query < 0 ? "" : rest.slice(query)}`;
}

function bodyParsed(scheme: WebhookScheme, found: string): WebhookVerificationError {
  return refusal(
    scheme,
    "body-parsed",
    `the bytes that were signed are gone, ${found}. Hand over the raw body: leave this route out of body parsing (in Express, mount it before express.json() or use express.raw({ type: "*/*" }); in Fastify, add a content type parser with parseAs "buffer").`,
  );
}

/** A delivery whose text is hashed as it is, which is faster than to make bytes of it; the rest is made when asked for. */
class ReadDelivery implements Delivery {
  readonly url: string;
  readonly content: string | Bytes;
  readonly #request: Request | WebhookRequest;

  constructor(request: Request | WebhookRequest, url: string, content: string | Bytes) {
    this.url = url;
    this.content = content;
    this.#request = request;
  }

  get method(): string {
    return (this.#request.method ?? "POST").toUpperCase();
  }

  get body(): Bytes {
    return typeof this.content === "string" ? encoder.encode(this.content) : this.content;
  }

  header(name: string): string | undefined {
    const { headers } = this.#request;
    if (isWebHeaders(headers)) return headers.get(name) ?? undefined;
    const key = Object.hasOwn(headers, name) ? name : Object.keys(headers).find((one) => one.toLowerCase() === name);
    const value = key === undefined ? undefined : headers[key];
    return value === undefined || typeof value === "string" ? value : value.join(", ");
  }
}

/** Whether a body is more bytes than it may be; a letter is at most three, so a short text need not be counted. */
function isLarger(content: string | Uint8Array, maxBytes: number): boolean {
  if (typeof content !== "string") return content.length > maxBytes;
  return content.length * 3 > maxBytes && encoder.encode(content).length > maxBytes;
}

function createDelivery(
  scheme: WebhookScheme,
  request: Request | WebhookRequest,
  url: string,
  content: string | Bytes | undefined,
  { publicUrl, maxBodyBytes = defaultMaxBodyBytes }: DeliveryOptions,
): Delivery {
  if (content === undefined || isLarger(content, maxBodyBytes)) {
    const message = `a body of more than ${maxBodyBytes} bytes was refused. \`maxBodyBytes\` allows more.`;
    throw refusal(scheme, "too-large", message);
  }
  return new ReadDelivery(request, publicUrlOf(url, publicUrl), content);
}

/**
 * Reads a delivery into one shape: at once, unless its body has still to be read.
 * @throws WebhookVerificationError `body-parsed` where its raw bytes cannot be had, `too-large` where it is too large.
 */
export function readDelivery(
  scheme: WebhookScheme,
  request: Request | WebhookRequest,
  options: DeliveryOptions,
): Delivery | Promise<Delivery> {
  if (isWebRequest(request)) {
    if (request.bodyUsed) throw bodyParsed(scheme, "since something has read this Request. Verify first, or a clone()");
    return readBodyBytes(request, options.maxBodyBytes ?? defaultMaxBodyBytes).then((body) =>
      createDelivery(scheme, request, rawUrlOf(request), body, options),
    );
  }
  const given: unknown = request.body;
  if (typeof given !== "string" && !(given instanceof Uint8Array)) {
    throw bodyParsed(scheme, `\`body\` is ${given === null ? "null" : `of type ${typeof given}`}`);
  }
  return createDelivery(scheme, request, request.url ?? "", given as string | Bytes, options);
}
