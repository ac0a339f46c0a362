import { type Clock, systemClock } from "../platform/clock.js";
import { checkTimestamp } from "./check-timestamp.js";
import { type Delivery, type DeliveryOptions, readDelivery, type WebhookRequest } from "./delivery.js";
import type { Digests } from "./digest.js";
import { decodeBytes } from "./encode-bytes.js";
import { eventItems } from "./event-items.js";
import { sortedFields } from "./form-fields.js";
import { matchesSecret } from "./matches-secret.js";
import { bodyText, isForm, parseBody } from "./parse-body.js";
import { platformDigests } from "./platform-digests.js";
import { readText } from "./read-text.js";
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
  /** When it was signed, in milliseconds since the epoch; undefined where the provider does not sign that. */
  readonly signedAtMs: number | undefined;
  /** What was signed: its raw bytes, its headers. */
  readonly delivery: Delivery;
}

/** The hash of the body that the address holds; undefined where the scheme or the address has none. */
function sentBodyHash({ bodyHashQuery }: WebhookScheme, { url }: Delivery): string | undefined {
  if (bodyHashQuery === undefined || !url.includes(bodyHashQuery) || !URL.canParse(url)) return undefined;
  return new URL(url).searchParams.get(bodyHashQuery) ?? undefined;
}

/**
 * What of a form is signed.
 * @throws WebhookVerificationError `malformed` where a body would be signed by nothing.
 */
function signedForm(scheme: WebhookScheme, delivery: Delivery): string {
  if (!scheme.signed.includes("sorted-form") || delivery.content.length === 0) return "";
  if (isForm(delivery)) return sortedFields(bodyText(delivery));
  throw refusal(
    scheme,
    "malformed",
    `the body is no form, and the address has no ${scheme.bodyHashQuery}: nothing signs it.`,
  );
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

/** The error of a delivery that no secret signed: `malformed` where its signature could not have been one. */
function unsigned(scheme: WebhookScheme, secrets: readonly string[], signatures: readonly string[]): Error {
  const { encoding } = scheme.signature;
  const isPasscode = scheme.algorithm.kind === "passcode";
  if (isPasscode || signatures.some((text) => text !== "" && decodeBytes(text, encoding) !== undefined)) {
    return wrongSecret(scheme, secrets);
  }
  return refusal(scheme, "malformed", `the signature is not in ${encoding}.`);
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
  // What is there at once is not waited for: each wait costs as much as a tenth of a hash.
  const read = readDelivery(scheme, request, options);
  const delivery = read instanceof Promise ? await read : read;
  const things = signedThings(scheme, delivery);
  const place = scheme.timestamp;
  const signedAt =
    place && checkTimestamp(scheme, place, delivery, clock.now(), options.toleranceMs ?? place.toleranceMs);
  const resolved = resolveSecrets(scheme, options.secrets, delivery);
  const secrets = resolved instanceof Promise ? await resolved : resolved;
  const bodyHash = sentBodyHash(scheme, delivery);
  const form = bodyHash === undefined ? signedForm(scheme, delivery) : "";
  const isBodyOwn =
    bodyHash === undefined || sameText(bodyHash, await digests.hash("SHA-256", [delivery.content], "hex"));
  if (!isBodyOwn)
    throw unsigned(
      scheme,
      secrets,
      things.flatMap(({ signatures }) => signatures),
    );
  const urls = scheme.urlForms === undefined ? [delivery.url] : urlSpellings(delivery.url, scheme.urlForms);
  const spellings = things.length === 1 ? urls : [...urls];

  for (const { event, signatures } of things) {
    let isSigned = false;
    search: for (const url of spellings) {
      for (const secret of secrets) {
        const source: SignedSource = { delivery, url, timestamp: signedAt?.text ?? "", secret, event, form };
        const matching = matchesSecret(scheme, secret, signatures, signedParts(scheme, source), digests);
        isSigned = typeof matching === "boolean" ? matching : await matching;
        if (isSigned) break search;
      }
    }
    if (!isSigned) throw unsigned(scheme, secrets, signatures);
  }
  return { signedAtMs: signedAt?.ms, delivery };
}
