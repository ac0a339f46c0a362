import { type Clock, systemClock } from "../platform/clock.js";
import { checkTimestamp } from "./check-timestamp.js";
import { type Delivery, type DeliveryOptions, readDelivery, type WebhookRequest } from "./delivery.js";
import type { Digests } from "./digest.js";
import { decodeBytes } from "./encode-bytes.js";
import { eventItems } from "./event-items.js";
import { matchesSecret } from "./matches-secret.js";
import { isForm, parseBody } from "./parse-body.js";
import { platformDigests } from "./platform-digests.js";
import { readText } from "./read-path.js";
import { refusal } from "./refuse.js";
import { sameText } from "./same-text.js";
import type { WebhookScheme } from "./scheme.js";
import { resolveSecrets, type WebhookSecrets } from "./secrets.js";
import { signatureTexts } from "./signature-texts.js";
import { type SignedSource, signedParts } from "./signed-parts.js";
import { urlSpellings } from "./url-forms.js";

/** How a delivery is verified. */
export interface VerifyOptions extends DeliveryOptions {
  /** The secret, several during a rotation, or a function of the request that fetches them. */
  readonly secrets: WebhookSecrets;
  /** How far the signed time may be from the clock, either way. @default the scheme's, mostly 5 minutes */
  readonly toleranceMs?: number | undefined;
  /** @default the machine's */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** How hashes are computed. @default `node:crypto` where the platform has it, else Web Crypto */
  readonly digests?: Digests | undefined;
}

/** A delivery that its provider has signed. */
export interface VerifiedDelivery {
  /** The raw bytes that were signed. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** When it was signed, in milliseconds since the epoch; undefined where the provider does not sign that. */
  readonly signedAtMs: number | undefined;
  readonly delivery: Delivery;
}

/** Whether the address holds the right hash of the body; undefined where the scheme or the address has none. */
async function bodyHashFits(scheme: WebhookScheme, delivery: Delivery, digests: Digests): Promise<boolean | undefined> {
  if (scheme.bodyHashQuery === undefined || !URL.canParse(delivery.url)) return undefined;
  const sent = new URL(delivery.url).searchParams.get(scheme.bodyHashQuery);
  return sent === null ? undefined : sameText(sent, await digests.hash("SHA-256", [delivery.body], "hex"));
}

function wrongSecret(scheme: WebhookScheme, secrets: readonly string[]): Error {
  const isPadded = secrets.some((secret) => secret !== secret.trim());
  const hint = isPadded ? " One of them begins or ends with white space." : "";
  const count = secrets.length === 1 ? "the secret did not make" : `none of the ${secrets.length} secrets made`;
  const address = scheme.signed.includes("url")
    ? " The address is signed, too: behind a proxy, give `publicUrl` as the provider calls it."
    : "";
  return refusal(
    scheme,
    "wrong-secret",
    `${count} this signature, or the body was changed on the way. The secret is ${scheme.secret}; the body must be the raw bytes.${address}${hint}`,
  );
}

/** What the signature covers: the delivery, or each of its events. */
function signedThings(
  scheme: WebhookScheme,
  delivery: Delivery,
): readonly { readonly event: unknown; readonly signatures: readonly string[] }[] {
  const { signature } = scheme;
  if (signature.in === "header") return [{ event: undefined, signatures: signatureTexts(scheme, signature, delivery) }];
  const events = eventItems(scheme, parseBody(scheme, delivery));
  if (events.length === 0) throw refusal(scheme, "malformed", "the body holds no event that could be signed.");
  return events.map((event) => {
    const text = readText(event, signature.path);
    if (text === undefined)
      throw refusal(scheme, "malformed", `an event of the body has no \`${signature.path.join(".")}\`.`);
    return { event, signatures: [text] };
  });
}

/**
 * Verifies that a provider signed a delivery, and reads nothing of what it says.
 * @throws WebhookVerificationError where it did not, with the reason; ConfigurationError where a secret is unusable.
 */
export async function verifySignature(
  scheme: WebhookScheme,
  request: Request | WebhookRequest,
  options: VerifyOptions,
): Promise<VerifiedDelivery> {
  const { clock = systemClock, digests = platformDigests() } = options;
  const delivery = await readDelivery(scheme, request, options);
  const things = signedThings(scheme, delivery);
  const place = scheme.timestamp;
  const signedAt =
    place && checkTimestamp(scheme, place, delivery, clock.now(), options.toleranceMs ?? place.toleranceMs);
  const secrets = await resolveSecrets(scheme, options.secrets, delivery);
  const hashFits = await bodyHashFits(scheme, delivery, digests);
  if (
    hashFits === undefined &&
    scheme.signed.includes("sorted-form") &&
    delivery.body.length > 0 &&
    !isForm(delivery)
  ) {
    throw refusal(
      scheme,
      "malformed",
      `the body is no form, and the address has no ${scheme.bodyHashQuery}: nothing signs it.`,
    );
  }

  const verifyOne = async ({ event, signatures }: (typeof things)[number]): Promise<boolean> => {
    for (const url of urlSpellings(delivery.url, scheme.urlForms ?? ["as-given"])) {
      const source: Omit<SignedSource, "secret"> = {
        delivery,
        url,
        timestamp: signedAt?.text ?? "",
        event,
        isBodyHashed: hashFits !== undefined,
      };
      for (const secret of secrets) {
        const parts = signedParts(scheme, { ...source, secret });
        if (await matchesSecret(scheme, secret, signatures, parts, digests)) return true;
      }
    }
    return false;
  };
  for (const thing of things) {
    if (hashFits !== false && (await verifyOne(thing))) continue;
    const { encoding } = scheme.signature;
    const isPasscode = scheme.algorithm.kind === "passcode";
    if (isPasscode || thing.signatures.some((text) => text !== "" && decodeBytes(text, encoding) !== undefined)) {
      throw wrongSecret(scheme, secrets);
    }
    throw refusal(scheme, "malformed", `the signature is not in ${encoding}.`);
  }
  return { body: delivery.body, signedAtMs: signedAt?.ms, delivery };
}
