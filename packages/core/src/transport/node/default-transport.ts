import type { defaultTransport as forAnyPlatform } from "../default-transport.js";
import type { Transport } from "../transport.js";

/**
 * The transport of a client whose options name none, on Node: `node:http` and `node:https`, or `fetch` where the program has
 * replaced it. It is loaded with the first request, so that who brings a transport does not load it.
 */
export const defaultTransport: typeof forAnyPlatform = (platformFetch) => {
  let loaded: Transport | undefined;
  const load = async (): Promise<Transport> => {
    const { nodeOrFetch } = await import("./node-or-fetch.js");
    loaded ??= nodeOrFetch(platformFetch);
    return loaded;
  };
  return (call) => loaded?.(call) ?? load().then((transport) => transport(call));
};
