import { inspect } from "node:util";
import { canaryScan, fakeClock } from "@connectry/testing";
import { createClient } from "redis";
import { expect, onTestFinished, test, vi } from "vitest";
import { aesGcm, oauthAccounts, type ReauthorizationRequiredError } from "../../../src/oauth/index.js";
import { nodeRedis, redisTokens } from "../../../src/redis/index.js";
import { createAcme } from "../../acme.js";
import { rejection } from "../../call.js";
import { authorize, client, createAccounts, keySecret } from "../../oauth/accounts.js";
import { startRedis } from "../../redis.js";

const account = "customer-canary-42@example.test";
const callback = "https://app.test/callback";

/** What a program may log of whatever it gets: each is a sink of its own. */
const sinksOf = (values: readonly unknown[]) =>
  values.flatMap((value) => [value, inspect(value, { depth: 20, showHidden: true })]);

test("R44: no secret of OAuth is in an error, a log, what is inspected, or anything in Redis", async () => {
  const logged: unknown[] = [];
  for (const method of ["log", "warn", "error", "info", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void logged.push(...args));
  }
  onTestFinished(() => void vi.restoreAllMocks());
  const server = await startRedis();
  const redis = await createClient({ url: server.url }).connect();
  onTestFinished(() => redis.destroy());
  const clock = fakeClock();
  const reported: unknown[] = [];
  const options = {
    clock,
    store: redisTokens(nodeRedis(redis), { keySecret }),
    seal: aesGcm("a secret that seals tokens"),
    onReauthorizationRequired: (error: ReauthorizationRequiredError) => void reported.push(error),
  };
  const setup = { server: { nowMs: () => clock.now() }, options };
  const { oauth, server: provider, acme, all, requests } = createAccounts(setup);
  const shown: unknown[] = [oauth];

  shown.push(await authorize(oauth, provider, account));
  await acme.GET("/api", { account });
  /** Whatever the provider does with a token request. */
  const failing = async (respond: (request: { readonly body: string }) => Response | Promise<Response>) => {
    const fetch: typeof globalThis.fetch = async (url, init) =>
      String(url).endsWith("/token") ? respond({ body: String(init?.body) }) : all.fetch(url, init);
    const broken = oauthAccounts({ ...all, fetch });
    provider.expireAccess();
    const own = createAcme({ fetch: all.fetch, auth: broken, clock, maxAttempts: 1 });
    const call = rejection(own.GET("/api", { account }));
    let isDone = false;
    call.finally(() => {
      isDone = true;
    });
    while (!isDone) await clock.advance(200);
    shown.push(await call);
    const begun = await broken.begin({ redirectUri: callback, account });
    shown.push(begun);
    shown.push(await rejection(broken.complete(`${callback}?${provider.consent(begun.url, account)}`, begun.state)));
  };
  await failing(({ body }) => Response.json({ error: "server_error", error_description: body }, { status: 500 }));
  await failing(({ body }) =>
    Response.json({ error: body, error_description: encodeURIComponent(body) }, { status: 400 }),
  );
  await failing(({ body }) => Response.json({ access_token: { body }, token_type: body }));
  await failing(({ body }) => Response.json({ access_token: "", refresh_token: body, expires_in: body }));
  await failing(({ body }) => new Response(`<html>${body}`, { status: 502 }));
  await failing(({ body }) => new Response(body, { status: 302, headers: { location: `https://evil.test/?${body}` } }));
  await failing(({ body }) => Promise.reject(new TypeError(`fetch failed with ${body}`)));

  // The provider's final no, a callback of another, and a revocation that fails.
  await clock.advance(60_000);
  provider.revokeAll();
  await authorize(oauth, provider, "other");
  provider.expireAccess();
  const { url, state } = await oauth.begin({ redirectUri: callback, account });
  const wrong = provider.consent(url, account);
  wrong.set("state", "x".repeat(43));
  shown.push(await rejection(oauth.complete(`${callback}?${wrong}`, state)));
  const final = rejection(acme.GET("/api", { account }));
  shown.push(await final);
  expect(reported).toHaveLength(1);
  const refusing = oauthAccounts({
    ...all,
    fetch: async (_, init) => Response.json({ error: String(init?.body) }, { status: 403 }),
  });
  shown.push(await rejection(refusing.revoke("other")));

  const secrets = new Set([client.secret]);
  for (const { form } of provider.requests) {
    for (const name of ["code", "code_verifier", "refresh_token"])
      if (form.get(name)) secrets.add(form.get(name) as string);
  }
  for (const { headers } of requests) {
    const token = headers.get("authorization")?.replace("Bearer ", "");
    if (token) secrets.add(token);
  }
  expect(secrets.size).toBeGreaterThan(5);
  const keys = await redis.keys("*");
  const stored = await Promise.all(keys.map((key) => (key.endsWith(":lease") ? redis.get(key) : redis.hGetAll(key))));
  expect(keys.length).toBeGreaterThan(1);
  // The address of the page of consent carries what the browser shows the provider, and no secret of ours.
  for (const secret of secrets) {
    expect(canaryScan(secret, sinksOf([...shown, ...reported, ...logged, keys, stored]))).toEqual([]);
  }
  expect(canaryScan("customer-canary-42", [keys, stored])).toEqual([]);
  expect(logged).toEqual([]);
});
