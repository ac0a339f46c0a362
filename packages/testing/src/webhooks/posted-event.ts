import type { WebhookScheme } from "@connectry/core/webhooks";
import { parseForm, parsePairs } from "../http/parse-form.js";
import { type ReceivedRequest, splitTarget } from "../http/recorded-request.js";
import { getAtPath } from "../json/json-path.js";
import type { WebhookEventBody } from "./described-event.js";

/**
 * The event that a request has as its body, as the provider would send it: JSON, or the fields of a form. It has the type of the query
 * (`?type=push`), or else the one that the scheme reads from a header or the body. Throws SyntaxError for a body that is not JSON.
 */
export function postedEvent(scheme: WebhookScheme, request: ReceivedRequest): WebhookEventBody {
  const { headers, bytes, target } = request;
  const text = new TextDecoder().decode(bytes);
  const contentType = headers["content-type"] ?? "";
  const isForm = contentType.startsWith("application/x-www-form-urlencoded") && !/^\s*[{[]/.test(text);
  const payload: unknown = isForm ? parseForm(parsePairs(text), "repeat") : JSON.parse(text);
  const named = new URLSearchParams(splitTarget(target).query).get("type");
  const type = named ?? readType(scheme, payload, headers) ?? "event";
  // A form is sent as it is: other bytes would have another signature.
  return isForm ? { type, body: text, headers: { "content-type": contentType } } : { type, body: payload };
}

/** The first name of the event, or of the first one in a list. */
function readType({ event }: WebhookScheme, payload: unknown, headers: ReceivedRequest["headers"]): string | undefined {
  const items = event.list === undefined ? payload : (getAtPath(payload, event.list) ?? payload);
  const first = getAtPath(Array.isArray(items) ? items[0] : items, event.item ?? []);
  for (const parts of event.type) {
    const texts = parts.map((part) => {
      if (part.in === "text") return part.text;
      const value = part.in === "header" ? headers[part.name.toLowerCase()] : getAtPath(first, part.path);
      return typeof value === "string" ? value : undefined;
    });
    if (texts.every((text) => text !== undefined && text !== "")) return texts.join(".");
  }
  return undefined;
}
