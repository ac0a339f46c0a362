import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createAcme, secret } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tieredCache } from "../cache/index.js";

// "Rate limits are defined at the organization level and at the project level": https://platform.openai.com/docs/guides/rate-limits
const openai = { tenantHeaders: ["openai-organization", "openai-project"] };
// "Minute limit: 60 calls per minute", for each organization: https://developer.xero.com/documentation/guides/oauth2/limits
const xero = {
  tenantHeaders: ["xero-tenant-id"],
  rateLimits: [{ bucket: "default", limit: 60, perMs: 60_000, window: "sliding" }],
} as const;

/** A provider that rejects the calls of one value of a header, for 30 seconds each. */
function provider(header: string, rejected: string) {
  return stubFetch(({ headers }) =>
    headers.get(header) === rejected
      ? Response.json({}, { status: 429, headers: { "retry-after": "30" } })
      : Response.json({}),
  );
}

test("R23: a project of OpenAI that is throttled does not hold back another, nor calls without one", async () => {
  const clock = fakeClock();
  const { fetch, requests } = provider("openai-project", "proj_a");
  const acme = createAcme({ fetch, clock, auth: secret }, openai);
  const get = (project?: string) =>
    acme.GET("/models", { maxAttempts: 1, ...(project && { headers: { "OpenAI-Project": project } }) });
  expect(await rejection(get("proj_a"))).toMatchObject({ name: "RateLimitError" });
  await get("proj_b");
  await get();
  expect(requests).toHaveLength(3);
  let isSent = false;
  const waiting = rejection(get("proj_a")).then(() => {
    isSent = true;
  });
  await clock.advance(29_000);
  expect(isSent).toBe(false);
  await clock.advance(1_000);
  await waiting;
  expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(Array(4).fill(`Bearer ${secret}`));
});

test("R23: each organization of Xero has the documented limit of its own", async () => {
  const clock = fakeClock();
  const { fetch, requests } = provider("xero-tenant-id", "");
  const acme = createAcme({ fetch, clock, auth: secret }, xero);
  const get = (id: string) => acme.GET("/Accounts", { headers: { "xero-tenant-id": id } });
  const all = Promise.all(["a", "b"].flatMap((id) => Array.from({ length: 60 }, () => get(id))));
  await clock.advance(67_000);
  await all;
  const count = (id: string) => requests.filter(({ headers }) => headers.get("xero-tenant-id") === id).length;
  expect([count("a"), count("b")]).toEqual([60, 60]);
});

test("a header of the client makes all of its calls another tenant than those of a call that sets another value", async () => {
  const { fetch, requests } = provider("openai-project", "proj_a");
  const headers = { "OpenAI-Project": "proj_a" };
  const acme = createAcme({ fetch, auth: secret, headers }, openai);
  await rejection(acme.GET("/models", { maxAttempts: 1 }));
  await acme.GET("/models", { headers: { "OpenAI-Project": "proj_b" } });
  expect(requests).toHaveLength(2);
});

test("R28: a cached response is that of the header, and is invalidated for all values of it", async () => {
  const { fetch, requests } = stubFetch(({ headers }) => Response.json({ id: headers.get("xero-tenant-id") }));
  const acme = createAcme({ fetch, auth: secret, cache: tieredCache() }, xero);
  const get = async (id: string) =>
    (await acme.GET("/Accounts", { headers: { "xero-tenant-id": id }, cache: { ttlMs: 60_000, tags: ["all"] } })).data;
  const both = async () => [await get("a"), await get("b")];
  expect([await both(), await both()]).toEqual([
    [{ id: "a" }, { id: "b" }],
    [{ id: "a" }, { id: "b" }],
  ]);
  expect(requests).toHaveLength(2);
  await acme.cache.invalidate({ tags: ["all"] });
  await both();
  expect(requests).toHaveLength(4);
});
