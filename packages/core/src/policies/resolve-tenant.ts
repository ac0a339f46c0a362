import type { CredentialResolver } from "../auth/credential-resolver.js";
import type { Policy } from "../pipeline/policy.js";

/** Sets the tenant of the call, before anything is keyed by it. One that brings its own credential has its tenant. */
export function resolveTenant(credentials: CredentialResolver): Policy {
  return {
    name: "resolveTenant",
    async send(call, next) {
      const { tenant, signal, settings } = call;
      return await next({ ...call, tenant: tenant ?? (await credentials.resolveTenant(signal, settings.account)) });
    },
  };
}
