import type { CredentialResolver } from "../auth/credential-resolver.js";
import type { Policy } from "../pipeline/policy.js";

/** Sets the tenant of the call, before anything is keyed by it. One that brings its own credential has its tenant. */
export function resolveTenant(credentials: CredentialResolver): Policy {
  return {
    name: "resolveTenant",
    send(call, next) {
      const { signal, settings } = call;
      const known = call.tenant ?? (settings.account === undefined ? credentials.fixed : undefined);
      if (known) return next(known === call.tenant ? call : { ...call, tenant: known });
      // A function that fetches tokens may do so by a call that takes none.
      if (call.operation.auth === false) return next({ ...call, tenant: credentials.anonymous() });
      return credentials.resolveTenant(signal, settings.account).then((tenant) => next({ ...call, tenant }));
    },
  };
}
