import type { Transport } from "../transport.js";
import { nodeTransport } from "./node-transport.js";
import { isFetchReplaced } from "./replaced-fetch.js";

/** Sends each request with Node's own modules, or with `fetch` where the program has replaced it and must see the request. */
export function nodeOrFetch(platformFetch: Transport): Transport {
  return (call) => (isFetchReplaced() ? platformFetch(call) : nodeTransport(call));
}
