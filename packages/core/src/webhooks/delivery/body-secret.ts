import type { JsonPath } from "../../platform/json-path.js";
import type { Delivery } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { readText } from "./body-fields.js";
import { bodyText } from "./parse-body.js";

// Anyone can send such a request. That of Notion has some hundred bytes.
const maxBytes = 1_024;

/** `read` of a handshake of the kind `body-secret`: only of a small body that is JSON, in a request without a signature. */
export function bodySecret({ signature }: WebhookScheme, delivery: Delivery, path: JsonPath): string | undefined {
  if (signature.in === "header" && delivery.header(signature.header) !== undefined) return undefined;
  if (delivery.content.length > maxBytes) return undefined;
  try {
    return readText(JSON.parse(bodyText(delivery)), path);
  } catch {
    return undefined;
  }
}
