import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { Auth } from "../auth/credential-source.js";
import { tenantFingerprint } from "../auth/tenant-fingerprint.js";
import { ConfigurationError } from "../errors/connectry-error.js";
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

  test("has the same id for the same credential, another for another, and an id that does not contain it", async () => {
    const values = ["key-a-canary", "key-b-canary", "key-a-canary"];
    const ids = (await tenantsOf(() => values.shift() ?? "", 3)).map(({ id }) => id);
    expect(ids[0]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
    expect(ids.join()).not.toContain("canary");
  });

  test("has the id of its credential source, whatever the credential is", async () => {
    let requested = 0;
    const tenants = await tenantsOf({ id: "acct_1", get: () => `key-${++requested}` }, 2);
    expect(tenants).toMatchObject([
      { id: "acct_1", refreshable: true },
      { id: "acct_1", refreshable: true },
    ]);
  });

  test("R28: has the same fingerprint for the same credential and key secret, and another if one of them differs", async () => {
    const of = async (auth: Auth, keySecret: string) =>
      tenantFingerprint((await tenantsOf(auth))[0] as Tenant, keySecret);
    const name = await of("canary-credential", "key secret");
    expect(name).toMatch(/^[\w-]{32}$/);
    expect(await of(() => "canary-credential", "key secret")).toBe(name);
    expect(await of("another-credential", "key secret")).not.toBe(name);
    expect(await of("canary-credential", "another key")).not.toBe(name);
  });

  test("R28: with the id of a credential source keeps its fingerprint when the credential changes", async () => {
    let requested = 0;
    const tenants = await tenantsOf({ id: "acct_1", get: () => `key-${++requested}` }, 2);
    const [first, second] = await Promise.all(tenants.map((tenant) => tenantFingerprint(tenant, "s")));
    expect(first).toBe(second);
  });

  test("is refreshable with a credential function, and not with a fixed credential", async () => {
    expect((await tenantsOf("key"))[0]?.refreshable).toBe(false);
    expect((await tenantsOf(() => "key"))[0]?.refreshable).toBe(true);
  });
});

test.each(["", " ", "\t\n", undefined, null, 7, {}])(
  "a source with the id %j is a ConfigurationError, because accounts with the same id share limits and cache",
  (id) => {
    const make = () => createAcme({ auth: { id: id as string, get: () => "key" } });
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(/^`auth\.id` must be a string that is not blank/);
  },
);
