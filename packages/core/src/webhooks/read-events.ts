import type { Delivery } from "./delivery.js";
import type { Digests } from "./digest.js";
import type { WebhookEvent } from "./event.js";
import { eventItems } from "./event-items.js";
import { readText } from "./read-text.js";
import type { NamePlaces, WebhookScheme } from "./scheme.js";
import type { VerifiedDelivery } from "./verify-signature.js";

/** The names whose places are all there. */
function namesAt(places: readonly NamePlaces[], event: unknown, delivery: Delivery): string[] {
  const names: string[] = [];
  for (const joined of places) {
    let name = "";
    for (const place of joined) {
      const text = place.in === "header" ? delivery.header(place.name) : readText(event, place.path);
      if (text === undefined || text === "") {
        name = "";
        break;
      }
      name += name === "" ? text : `.${text}`;
    }
    if (name !== "") names.push(name);
  }
  return names;
}

/** The events in the parsed body of a verified delivery. */
export async function readEvents(
  scheme: WebhookScheme,
  { delivery, signedAtMs }: VerifiedDelivery,
  parsed: unknown,
  digests: Digests,
): Promise<WebhookEvent[]> {
  let bodyHash: string | undefined;
  const events: WebhookEvent[] = [];
  for (const payload of eventItems(scheme, parsed)) {
    const names = namesAt(scheme.event.type, payload, delivery);
    let [id] = namesAt(scheme.event.id ?? [], payload, delivery);
    if (id === undefined) {
      // The same bytes are the same delivery.
      bodyHash ??= await digests.hash("SHA-256", [delivery.content], "hex");
      id = scheme.event.list === undefined ? bodyHash : `${bodyHash}.${events.length}`;
    }
    events.push({ type: names[0] ?? "unknown", names, id, payload, provider: scheme.id, signedAtMs });
  }
  return events;
}
