import type { defaultTransport as forAnyPlatform } from "../default-transport.js";
import type { Transport } from "../transport.js";
import { observeFetch } from "./observe-fetch.js";

/**
 * The transport of a client whose options name none, on Node: the user's `fetch` where `isGiven`; else `node:http` and
 * `node:https`, or `fetch` where the program has replaced it. These are loaded with the first request, so that who brings a
 * `fetch` or a transport does not load them.
 */
export const defaultTransport: typeof forAnyPlatform = (fetch, isGiven) => {
  const observed = observeFetch(fetch);
  if (isGiven) return observed;
  let loaded: Transport | undefined;
  let loading: Promise<Transport> | undefined;
  return (call) => {
    if (loaded) return loaded(call);
    loading ??= import("./node-or-fetch.js").then(({ nodeOrFetch }) => {
      loaded = nodeOrFetch(observed);
      return loaded;
    });
    return loading.then((transport) => transport(call));
  };
};
