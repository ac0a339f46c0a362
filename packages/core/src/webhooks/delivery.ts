import type { WebhookVerificationError } from "../errors/webhook-verification-error.js";
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
  readonly body: Uint8Array<ArrayBuffer>;
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

function headerReader(headers: WebhookRequest["headers"]): Delivery["header"] {
  if (headers instanceof Headers) return (name) => headers.get(name) ?? undefined;
  return (name) => {
    const key = Object.hasOwn(headers, name) ? name : Object.keys(headers).find((one) => one.toLowerCase() === name);
    const value = key === undefined ? undefined : headers[key];
    return value === undefined || typeof value === "string" ? value : value.join(", ");
  };
}

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

/**
 * Reads a delivery into one shape.
 * @throws WebhookVerificationError `body-parsed` where its raw bytes cannot be had, `too-large` where it is too large.
 */
export async function readDelivery(
  scheme: WebhookScheme,
  request: Request | WebhookRequest,
  { publicUrl, maxBodyBytes = defaultMaxBodyBytes }: DeliveryOptions,
): Promise<Delivery> {
  const tooLarge = () =>
    refusal(
      scheme,
      "too-large",
      `a body of more than ${maxBodyBytes} bytes was refused. \`maxBodyBytes\` allows more.`,
    );
  let body: Uint8Array<ArrayBuffer>;
  let url: string;
  if (request instanceof Request) {
    if (request.bodyUsed) throw bodyParsed(scheme, "since something has read this Request. Verify first, or a clone()");
    body = (await readBodyBytes(request, maxBodyBytes)) ?? raise(tooLarge());
    url = rawUrlOf(request);
  } else {
    const given: unknown = request.body;
    if (typeof given !== "string" && !(given instanceof Uint8Array)) {
      throw bodyParsed(scheme, `\`body\` is ${given === null ? "null" : `of type ${typeof given}`}`);
    }
    body = typeof given === "string" ? encoder.encode(given) : (given as Uint8Array<ArrayBuffer>);
    if (body.length > maxBodyBytes) throw tooLarge();
    url = request.url ?? "";
  }
  return {
    method: (request.method ?? "POST").toUpperCase(),
    url: publicUrlOf(url, publicUrl),
    body,
    header: headerReader(request.headers),
  };
}

function raise(error: Error): never {
  throw error;
}
