import type { Transport } from "./transport.js";

/** The transport of a client whose options name none: here, the platform's `fetch`. On Node, `node/default-transport.ts`. */
export function defaultTransport(platformFetch: Transport): Transport {
  return platformFetch;
}
