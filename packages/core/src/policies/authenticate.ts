import type { Identities } from "../auth/identities.js";
import type { Policy } from "../pipeline/policy.js";

/** Puts the credential on each attempt, so that one refreshed in between is used at once. */
export function authenticate(identities: Identities): Policy {
  return {
    name: "authenticate",
    async send(call, next) {
      if (call.tenant === undefined) return next(call);
      const headers = new Headers(call.headers);
      const url = await identities.authenticate(call.tenant, call.url, headers, call.refreshCredential, call.signal);
      return next({ ...call, url, headers });
    },
  };
}
