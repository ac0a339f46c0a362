import type { CredentialResolver } from "../auth/credential-resolver.js";
import type { Policy } from "../pipeline/policy.js";

/** Sets the tenant of the call, before anything is keyed by it. */
export function resolveTenant(credentials: CredentialResolver): Policy {
  return {
    name: "resolveTenant",
    async send(call, next) {
      return await next({ ...call, tenant: await credentials.resolveTenant(call.signal) });
    },
  };
}
