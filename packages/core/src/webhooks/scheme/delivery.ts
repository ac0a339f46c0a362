import { type WebhookRejectionReason, WebhookVerificationError } from "../../errors/connectry-error.js";
import type { Bytes } from "../../platform/bytes.js";

/** A delivery whose body was read already, such as a request of Node. */
export interface WebhookRequest {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw bytes, or their text where they are UTF-8. */
  readonly body: string | Uint8Array;
  /** @default "POST" */
  readonly method?: string | undefined;
  /** The whole URL. Required where the scheme signs it (HubSpot, Twilio). */
  readonly url?: string | undefined;
}

/** A delivery, in one shape for all schemes. */
export interface Delivery {
  readonly method: string;
  readonly url: string;
  /** The raw bytes of the body. */
  readonly body: Bytes;
  /** The body as it was passed in. A text represents its bytes in UTF-8. */
  readonly content: string | Bytes;
  /** A header by its name in lower case. The values of a repeated header are joined by commas. */
  header(name: string): string | undefined;
}

/** What is known of a delivery when it is reported. Without its body where that was not read, because it is too large. */
export interface ReportedDelivery extends Pick<Delivery, "method" | "url" | "header"> {
  readonly body?: Bytes | undefined;
  readonly content?: string | Bytes | undefined;
}

/** How a delivery is read. */
export interface DeliveryOptions {
  /**
   * The URL of the endpoint as the provider calls it, where a proxy changes it on the way. Its origin, and its path
   * where it has one, replace those of the request; the query of the request is kept. A function receives the request's
   * own URL and returns the whole URL. Used only by schemes that sign the URL. @default the URL of the request
   */
  readonly publicUrl?: string | ((url: string) => string) | undefined;
  /**
   * The maximum size of a body, in bytes. A larger body is rejected before any hash is computed over it.
   * @default that of the scheme, and otherwise 1 MiB
   */
  readonly maxBodyBytes?: number | undefined;
}

/** What the error of a rejected delivery says about its scheme. */
interface SchemeNames {
  readonly id: string;
  readonly name: string;
}

/** The error of a rejected delivery. Its message begins with the name of the provider. */
export function rejection(
  scheme: SchemeNames,
  reason: WebhookRejectionReason,
  message: string,
): WebhookVerificationError {
  return new WebhookVerificationError(`${scheme.name}: ${message}`, { reason, scheme: scheme.id });
}
