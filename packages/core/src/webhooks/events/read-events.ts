import { randomUuid } from "../../platform/random.js";
import type { Digests } from "../crypto/digests.js";
import { eventItems, readText } from "../delivery/body-fields.js";
import type { Delivery } from "../scheme/delivery.js";
import type { NameParts } from "../scheme/locations.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import type { VerifiedDelivery } from "../signature/verify-signature.js";
import type { WebhookEvent } from "./event.js";

/** The names whose parts all exist and are not empty. */
function readNames(names: readonly NameParts[], event: unknown, delivery: Delivery): string[] {
  const found: string[] = [];
  for (const parts of names) {
    let name = "";
    for (const part of parts) {
      const text =
        part.in === "text" ? part.text : part.in === "header" ? delivery.header(part.name) : readText(event, part.path);
      if (text === undefined || text === "") {
        name = "";
        break;
      }
      name += name === "" ? text : `.${text}`;
    }
    if (name !== "") found.push(name);
  }
  return found;
}

/** A verified delivery with its parsed body. */
export interface ParsedDelivery extends VerifiedDelivery {
  readonly payload: unknown;
}

/**
 * The events of a verified delivery.
 * @throws WebhookVerificationError `malformed` where the list of events is missing.
 */
export async function readEvents(
  scheme: WebhookScheme,
  { delivery, signedAtMs, payload: body }: ParsedDelivery,
  digests: Digests,
): Promise<WebhookEvent[]> {
  let requestHash: string | undefined;
  const { withoutId } = scheme.event;
  const events: WebhookEvent[] = [];
  for (const payload of eventItems(scheme, body)) {
    const names = readNames(scheme.event.type, payload, delivery);
    // A name as any other, so that `on.unknown` is its handler.
    if (names.length === 0) names.push("unknown");
    const [known] = readNames(scheme.event.id ?? [], payload, delivery);
    const isIdentified = known !== undefined || withoutId !== "nothing";
    let id = known ?? randomUuid();
    if (known === undefined && isIdentified) {
      const time = withoutId === "request-and-time" ? ` ${signedAtMs}` : "";
      const start = `${delivery.method} ${delivery.url}${time}\n`;
      requestHash ??= await digests.hash("SHA-256", [start, delivery.content], "hex");
      id = scheme.event.list === undefined ? requestHash : `${requestHash}.${events.length}`;
    }
    const [type = ""] = names;
    events.push({ type, names, id, isIdentified, payload, provider: scheme.id, signedAtMs });
  }
  return events;
}
