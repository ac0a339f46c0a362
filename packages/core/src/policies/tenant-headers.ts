import type { Tenant } from "../pipeline/call.js";
import type { TenantHeaders } from "../pipeline/strategies.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import { hashText } from "../platform/hash-text.js";

// As many as there may be credentials.
const maxTenants = 100_000;

/**
 * Gives each value of the headers that the profile names a tenant of its own, with the credential of the call: limits, pauses, budgets
 * and the circuit breaker of one project say nothing about another. The cache keeps responses apart by all headers of a call, and
 * stays one for the credential, so that it is invalidated as a whole.
 */
export const tenantHeaders: TenantHeaders = (names) => {
  const tenants = boundedMemo(
    (
      _,
      { credentialRef, id, text }: { readonly credentialRef: Tenant["credentialRef"]; id: string; text: string },
    ) => ({
      // A hash, because a value may be a name or an address of a person.
      id: `${id} ${hashText(text)}`,
      credentialRef: {
        derive: <T>(from: (secret: string) => T) => credentialRef.derive((secret) => from(`${secret}\n${text}`)),
      },
    }),
    { size: maxTenants },
  );
  return {
    name: "tenantHeaders",
    send(call, next) {
      const { tenant, headers } = call;
      const text = names.map((name) => headers[name] ?? "").join("\n");
      if (!tenant || !text.trim()) return next(call);
      const { id, credentialRef } = tenant;
      const own = tenants.get(`${id}\n${text}`, { id, credentialRef, text });
      return next({ ...call, tenant: { ...tenant, ...own, holder: tenant } });
    },
  };
};
