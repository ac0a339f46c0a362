import type { Transport } from "./transport.js";

/**
 * The transport of a client whose options name none, from one on `fetch`: the user's where `isGiven`, else the platform's. Here it is
 * that one; on Node, `node/default-transport.ts`.
 */
export function defaultTransport(fetch: Transport, isGiven: boolean): Transport;
export function defaultTransport(fetch: Transport): Transport {
  return fetch;
}
