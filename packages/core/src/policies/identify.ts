import type { Identities } from "../auth/identities.js";
import type { Policy } from "../pipeline/policy.js";

/** Says whose call it is, before anything is keyed by that. */
export function identify(identities: Identities): Policy {
  return {
    name: "identify",
    async send(call, next) {
      return await next({ ...call, tenant: await identities.identify(call.signal) });
    },
  };
}
