import { tenantFingerprint } from "../auth/tenant-fingerprint.js";
import type { Tenant } from "../pipeline/call.js";

/** What tenants are called in keys: the same name for the same credential, wherever `keySecret` is the same. */
export interface TenantNames {
  /** The name, where it was reckoned before. */
  known(tenant: Tenant): string | undefined;
  find(tenant: Tenant): Promise<string>;
}

/** Names tenants under a secret, each once. */
export function createTenantNames(keySecret: string): TenantNames {
  const names = new WeakMap<Tenant["derive"], string>();
  return {
    known: ({ derive }) => names.get(derive),
    async find(tenant) {
      const name = await tenantFingerprint(tenant, keySecret);
      names.set(tenant.derive, name);
      return name;
    },
  };
}
