import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { Auth } from "../auth/credential-source.js";
import { tenantFingerprint } from "../auth/tenant-fingerprint.js";
import type { Tenant } from "../pipeline/call.js";
import type { Policy } from "../pipeline/policy.js";

describe("a tenant", () => {
  /** The tenants of calls, as a policy sees them. */
  async function tenantsOf(auth: Auth, calls = 1): Promise<Tenant[]> {
    const tenants: Tenant[] = [];
    const watch: Policy = {
      name: "watch",
      send: (call, next) => {
        tenants.push(call.tenant as Tenant);
        return next(call);
      },
    };
    const { fetch } = stubFetch();
    const acme = createAcme({ fetch, auth, policies: { perCall: [watch] } });
    for (let i = 0; i < calls; i += 1) await acme.GET("/things");
    return tenants;
  }

  test("is the same for the same credential, another for another, and shows neither", async () => {
    const values = ["key-a-canary", "key-b-canary", "key-a-canary"];
    const ids = (await tenantsOf(() => values.shift() ?? "", 3)).map(({ id }) => id);
    expect(ids[0]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
    expect(ids.join()).not.toContain("canary");
  });

  test("of a source with an id is that id, whatever its credential", async () => {
    let requested = 0;
    const tenants = await tenantsOf({ id: "acct_1", get: () => `key-${++requested}` }, 2);
    expect(tenants).toMatchObject([
      { id: "acct_1", refreshable: true },
      { id: "acct_1", refreshable: true },
    ]);
  });

  test("R28: has a fingerprint under a key of the user's: the same in every process, of another credential or key another", async () => {
    const of = async (auth: Auth, keySecret: string) =>
      tenantFingerprint((await tenantsOf(auth))[0] as Tenant, keySecret);
    const name = await of("canary-credential", "key secret");
    expect(name).toMatch(/^[\w-]{32}$/);
    expect(await of(() => "canary-credential", "key secret")).toBe(name);
    expect(await of("another-credential", "key secret")).not.toBe(name);
    expect(await of("canary-credential", "another key")).not.toBe(name);
  });

  test("R28: of a source with an id keeps its fingerprint when the credential is another", async () => {
    let requested = 0;
    const tenants = await tenantsOf({ id: "acct_1", get: () => `key-${++requested}` }, 2);
    const [first, second] = await Promise.all(tenants.map((tenant) => tenantFingerprint(tenant, "s")));
    expect(first).toBe(second);
  });

  test("of a fixed credential cannot be refreshed; of a function it can", async () => {
    expect((await tenantsOf("key"))[0]?.refreshable).toBe(false);
    expect((await tenantsOf(() => "key"))[0]?.refreshable).toBe(true);
  });
});
