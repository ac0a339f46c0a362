import { ConfigurationError, type WebhookVerificationError } from "../../errors/connectry-error.js";
import { type Bytes, isBytes } from "../../platform/bytes.js";
import { leaveUnread } from "../../platform/leave-unread.js";
import { concatBytes, readCapped } from "../../platform/read-capped.js";
import { utf8Encoder } from "../../platform/utf8.js";
import { type Delivery, type DeliveryOptions, rejection, type WebhookRequest } from "../scheme/delivery.js";
import type { EndpointFacts } from "../scheme/webhook-scheme.js";
import { bodyAdviceOf } from "./body-advice.js";
import { rawUrlOf, toPublicUrl } from "./request-url.js";

const defaultMaxBodyBytes = 1_048_576;

// Not with `instanceof`: a runtime may have several classes of each name.
const isWebHeaders = (headers: WebhookRequest["headers"]): headers is Headers => typeof headers.get === "function";
const isWebRequest = (request: Request | WebhookRequest): request is Request => "bodyUsed" in request;

/**
 * A delivery that keeps a text as text, since hashing it is faster than encoding it first. The rest is read on demand.
 */
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
    return typeof this.content === "string" ? utf8Encoder().encode(this.content) : this.content;
  }

  header(name: string): string | undefined {
    const { headers } = this.#request;
    if (isWebHeaders(headers)) return headers.get(name) ?? undefined;
    const key = Object.hasOwn(headers, name) ? name : Object.keys(headers).find((one) => one.toLowerCase() === name);
    const value = key === undefined ? undefined : headers[key];
    return value === undefined || typeof value === "string" ? value : value.join(", ");
  }
}

function bodyParsed(scheme: EndpointFacts, request: object, problem: string): WebhookVerificationError {
  const message = `the raw bytes that were signed are not available: ${problem}. ${bodyAdviceOf(request)}`;
  return rejection(scheme, "body-parsed", message);
}

function tooLarge(scheme: EndpointFacts, maxBodyBytes: number): WebhookVerificationError {
  const message = `the body is larger than ${maxBodyBytes} bytes. Raise \`maxBodyBytes\` to accept it.`;
  return rejection(scheme, "too-large", message);
}

/**
 * A body that has no more than `maxBytes`, and otherwise undefined. UTF-16 code units have at most three bytes, so a
 * short text is kept as text; a longer one is encoded once, since each hash of it would encode it again.
 */
function withinSize(body: string | Bytes, maxBytes: number): string | Bytes | undefined {
  if (typeof body === "string" && body.length * 3 <= maxBytes) return body;
  if (body.length > maxBytes) return undefined;
  const bytes = typeof body === "string" ? utf8Encoder().encode(body) : body;
  return bytes.length > maxBytes ? undefined : bytes;
}

/** Reads the bytes of a body. Undefined where they are more than `maxBytes`, and then the rest is not read. */
async function readBody({ headers, body }: Request, maxBytes: number): Promise<Bytes | undefined> {
  if (Number(headers.get("content-length") ?? 0) > maxBytes) {
    leaveUnread(body);
    return undefined;
  }
  if (body === null) return new Uint8Array();
  const { chunks, isOverCap } = await readCapped(body, maxBytes);
  return isOverCap ? undefined : concatBytes(chunks);
}

/**
 * Reads a request as a delivery. Returns a promise only where the body still has to be read.
 * @throws WebhookVerificationError `body-parsed` where the raw bytes are not available, `too-large` where they are more
 * than `maxBodyBytes`. ConfigurationError where the request is missing.
 */
export function readDelivery(
  scheme: EndpointFacts,
  request: Request | WebhookRequest,
  { publicUrl, maxBodyBytes = scheme.maxBodyBytes ?? defaultMaxBodyBytes }: DeliveryOptions,
): Delivery | Promise<Delivery> {
  if (!request?.headers) throw new ConfigurationError(`${scheme.name}: pass the request, with its headers and body.`);
  if (isWebRequest(request)) {
    if (request.bodyUsed) {
      throw bodyParsed(scheme, request, "the body of this request was read before");
    }
    return readBody(request, maxBodyBytes).then((body) => {
      if (body === undefined) throw tooLarge(scheme, maxBodyBytes);
      return new ReadDelivery(request, toPublicUrl(rawUrlOf(request), publicUrl), body);
    });
  }
  const body: unknown = request.body;
  if (typeof body !== "string" && !isBytes(body)) {
    throw bodyParsed(scheme, request, `\`body\` is ${body === null ? "null" : `of type ${typeof body}`}`);
  }
  const content = withinSize(body as string | Bytes, maxBodyBytes);
  if (content === undefined) throw tooLarge(scheme, maxBodyBytes);
  return new ReadDelivery(request, toPublicUrl(request.url ?? "", publicUrl), content);
}
