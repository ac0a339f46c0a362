import type { Delivery } from "../scheme/delivery.js";
import type { Handshake } from "../scheme/webhook-scheme.js";

// Anyone can send such a request, so what is repeated is short, and never read as a page.
const maxLength = 1_024;
const asText = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };

/** `respondUnsigned` of the handshakes that are not signed. What is repeated has at most 1,024 characters. */
export function unsignedHandshake(handshake: Handshake, delivery: Delivery): Response | undefined {
  const { method, url } = delivery;
  switch (handshake.kind) {
    case "query-echo": {
      const query = /\?([^#]*)/.exec(url)?.[1] ?? "";
      const text = method === (handshake.method ?? "GET") && new URLSearchParams(query).get(handshake.parameter);
      return text && text.length <= maxLength ? new Response(text, { headers: asText }) : undefined;
    }
    case "header-echo": {
      const text = method === "GET" && delivery.header(handshake.header);
      return text && text.length <= maxLength ? Response.json({ [handshake.field]: text }) : undefined;
    }
    case "head":
      return method === "HEAD" ? new Response(null, { status: 200 }) : undefined;
    default:
      return undefined;
  }
}
