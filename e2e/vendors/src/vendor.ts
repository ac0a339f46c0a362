import type { WebhookScheme } from "@connectry/core/webhooks";

/** A delivery as plain data. */
export interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A scheme of ours beside the vendor's own package. */
export interface Vendor {
  /** The package, and what it verifies. */
  readonly name: string;
  readonly scheme: WebhookScheme;
  /** The secret of the receiver. */
  readonly secret: string;
  /** What signs, where that is another. */
  readonly signingSecret?: string;
  readonly privateKey?: string;
  /** A body in the vendor's format, which contains a text. */
  body(text: string): unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the vendor's package accepts a delivery. It may throw where it does not. */
  verify(sent: Sent, secret: string): boolean | Promise<boolean>;
  /** Signs by the vendor's package, where it can. */
  sign?(text: string, secret: string): Sent | Promise<Sent>;
  /** What is changed in a delivery with the text `plain`: a text of the body, or the last value of a header. */
  readonly changes: readonly ({ readonly header: string } | { readonly body: string; readonly by: string })[];
  /** Another secret in the same format. Left out where the package does not compare one. */
  readonly otherSecret?: string;
}

/** A vendor whose package signs. */
export type SigningVendor = Vendor & Required<Pick<Vendor, "sign">>;

export const url = "https://example.com/webhooks/a?b=1";
/** The headers of a form. */
export const form = { "content-type": "application/x-www-form-urlencoded" };
export const nowS = () => Math.floor(Date.now() / 1_000);
/** Whether a function does not throw. */
export async function succeeds(run: () => unknown): Promise<boolean> {
  try {
    await run();
    return true;
  } catch {
    return false;
  }
}
/** The usual changes: of the signature in this header, and of the body. */
export const signedIn = (header: string): Vendor["changes"] => [{ header }, { body: "plain", by: "plaim" }];
