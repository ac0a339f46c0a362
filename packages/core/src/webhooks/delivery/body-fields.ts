import { type JsonPath, readPath } from "../../platform/json-path.js";
import { rejection } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/** The string, number or boolean at a path of a parsed body, as text; undefined where there is none. */
export function readText(body: unknown, path: JsonPath): string | undefined {
  const value = readPath(body, path);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/**
 * The events of a parsed body: the body itself, or the items of its list.
 * @throws WebhookVerificationError `malformed` where the list is missing, unless the scheme accepts a single event.
 */
export function eventItems(scheme: WebhookScheme, body: unknown): readonly unknown[] {
  const { list, item = [], acceptsSingle = false } = scheme.event;
  if (list === undefined) return [body];
  const items = readPath(body, list);
  if (!Array.isArray(items)) {
    if (acceptsSingle) return [body];
    const location = list.length === 0 ? "as the body" : `at \`${list.join(".")}\` in the body`;
    throw rejection(scheme, "malformed", `expected an array of events ${location}.`);
  }
  return items.map((one) => readPath(one, item));
}
