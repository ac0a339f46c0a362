import type { defaultTransport as forAnyPlatform } from "../default-transport.js";
import type { Transport } from "../transport.js";

/**
 * The transport of a client whose options name none, on Node: `node:http` and `node:https`, or `fetch` where the program has
 * replaced it. It is loaded with the first request, so that who brings a transport does not load it.
 */
export const defaultTransport: typeof forAnyPlatform = (platformFetch) => {
  let loading: Promise<Transport> | undefined;
  return async (call) => {
    loading ??= import("./node-or-fetch.js").then(({ nodeOrFetch }) => nodeOrFetch(platformFetch));
    return (await loading)(call);
  };
};
