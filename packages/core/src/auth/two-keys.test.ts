import { canaryScan } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tieredCache } from "../cache/index.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { AuthScheme } from "../provider/profile.js";

const next = "sk_test_next_4eC39HqLyjWDarjtT1zdp7dc";
const current = "sk_test_current_4eC39HqLyjWDarjtT1zdp7dc";

/** A provider that accepts some keys, and the keys that it was sent. */
function provider(...accepted: string[]) {
  const state = { accepted };
  const { fetch, requests } = stubFetch(({ headers }) => {
    const key = headers.get("authorization")?.replace("Bearer ", "") ?? "";
    return Response.json({ key: `not ${key}` }, { status: state.accepted.includes(key) ? 200 : 401 });
  });
  return {
    fetch,
    state,
    sent: () => requests.map(({ headers }) => headers.get("authorization")?.replace("Bearer ", "")),
  };
}

describe("two keys, of which one replaces the other", () => {
  test("the first is sent as long as it is accepted", async () => {
    const { fetch, sent } = provider(next, current);
    const acme = createAcme({ fetch, auth: [next, current] });
    for (let count = 0; count < 3; count += 1) await acme.GET("/things");
    expect(sent()).toEqual([next, next, next]);
  });

  test("the other is sent after a 401, by calls in flight once each, and by later calls at once", async () => {
    const { fetch, sent } = provider(current);
    const acme = createAcme({ fetch, auth: [next, current] });
    await Promise.all([acme.GET("/things"), acme.GET("/things")]);
    await acme.GET("/things");
    expect(sent()).toEqual([next, next, current, current, current]);
  });

  test("the first is sent again once the other is revoked", async () => {
    const { fetch, state, sent } = provider(current);
    const acme = createAcme({ fetch, auth: [next, current] });
    await acme.GET("/things");
    state.accepted = [next];
    await acme.GET("/things");
    await acme.GET("/things");
    expect(sent()).toEqual([next, current, current, next, next]);
  });

  test("where neither is accepted, the call ends after one request with each, and shows neither", async () => {
    const { fetch, sent } = provider();
    const error = await rejection(createAcme({ fetch, auth: [next, current] }).GET("/things"));
    expect(error).toMatchObject({ name: "AuthenticationError" });
    expect(sent()).toEqual([next, current]);
    for (const key of [next, current]) expect(canaryScan(key, error)).toEqual([]);
  });

  test("are one tenant: a cached response is found after the change of keys", async () => {
    const { fetch, state, sent } = provider(next, current);
    const acme = createAcme({ fetch, auth: [next, current], cache: tieredCache() });
    const get = async (path: string) => (await acme.GET(path, { cache: { ttlMs: 60_000 } })).response.cache;
    await get("/a");
    state.accepted = [current];
    await get("/b");
    expect([await get("/a"), await get("/b")]).toEqual(["hit", "hit"]);
    expect(sent()).toEqual([next, next, current]);
  });

  test("have the names of a credential of several values", async () => {
    const auth: AuthScheme = {
      kind: "basic",
      username: { name: "sid", env: "ACME_SID" },
      password: { name: "token", env: "ACME_TOKEN" },
    };
    const { fetch, requests } = stubFetch((_, count) => Response.json({}, { status: count === 1 ? 401 : 200 }));
    const keys = [
      { sid: "a", token: next },
      { sid: "a", token: current },
    ] as const;
    await createAcme({ fetch, auth: keys }, { auth }).GET("/things");
    const passwords = requests.map(({ headers }) => atob(headers.get("authorization")?.slice(6) ?? ""));
    expect(passwords).toEqual([`a:${next}`, `a:${current}`]);
  });

  test("must be given: an empty list is refused", () => {
    expect(() => createAcme({ auth: [] as never })).toThrow(ConfigurationError);
    expect(() => createAcme({ auth: [undefined, current] as never })).toThrow(ConfigurationError);
  });
});
