import { instantClock } from "@connectry/testing";
import { createShopify } from "../src/index.js";

/** A request, and its JSON. */
export interface Sent {
  readonly url: string;
  readonly token: string | null;
  readonly body: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };
}

/** A client of the shop `example`, and what it sent. */
export function setUp(
  respond: (count: number, sent: Sent) => Response,
  options: Parameters<typeof createShopify>[0] = {},
) {
  const sent: Sent[] = [];
  const fetch = (async (url: unknown, init: RequestInit = {}) => {
    const body = JSON.parse(await new Response(init.body).text());
    sent.push({ url: String(url), token: new Headers(init.headers).get("x-shopify-access-token"), body });
    return respond(sent.length, sent.at(-1) as Sent);
  }) as typeof globalThis.fetch;
  const shopify = createShopify({
    shop: "example",
    auth: "shpat_1",
    clock: instantClock(),
    random: () => 0,
    fetch,
    ...options,
  });
  return { shopify, sent };
}
