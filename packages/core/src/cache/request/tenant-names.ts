import { tenantFingerprint } from "../../auth/tenant-fingerprint.js";
import type { CredentialRef, Tenant } from "../../pipeline/call.js";

/** The names of tenants in keys: the same name for the same credential, wherever `keySecret` is the same. */
export interface TenantNames {
  /** The name of a tenant that was computed before. */
  known(tenant: Tenant): string | undefined;
  find(tenant: Tenant): Promise<string>;
}

/** Names tenants under a secret, each once. */
export function createTenantNames(keySecret: string): TenantNames {
  const names = new WeakMap<CredentialRef, string>();
  return {
    known: ({ credentialRef }) => names.get(credentialRef),
    async find(tenant) {
      const name = await tenantFingerprint(tenant, keySecret);
      names.set(tenant.credentialRef, name);
      return name;
    },
  };
}
