import { readPath } from "../connector/read-path.js";
import { refusal } from "./refuse.js";
import type { WebhookScheme } from "./scheme.js";

/**
 * The events of a parsed body: itself, or the items of its list.
 * @throws WebhookVerificationError `malformed` where there is no list.
 */
export function eventItems(scheme: WebhookScheme, body: unknown): readonly unknown[] {
  const { list, item = [] } = scheme.event;
  if (list === undefined) return [body];
  const items = readPath(body, list);
  if (!Array.isArray(items)) {
    const place = list.length === 0 ? "the body" : `\`${list.join(".")}\``;
    throw refusal(scheme, "malformed", `${place} is not a list of events.`);
  }
  return items.map((one) => readPath(one, item));
}
