import { setImmediate as nextTurn } from "node:timers/promises";
import { fakeClock } from "@connectry/testing";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { startRedis } from "../../test/redis.js";
import { signers } from "../../test/webhooks/signed.js";
import {
  createWebhookHandler,
  type Inbox,
  sendgrid,
  signWebhook,
  type WebhookHandlerOptions,
} from "../webhooks/index.js";
import { createRedisConnection, redisInbox } from "./index.js";

/** A connection that counts its commands by their names. */
async function countingConnection(cluster = false) {
  const server = await startRedis({ cluster });
  const client = new Redis(server.url);
  onTestFinished(() => client.disconnect());
  const commands: string[] = [];
  const connection = createRedisConnection(
    {
      send: ([name = "", ...args]) => {
        commands.push(name);
        return client.call(name, ...args);
      },
    },
    { timeoutMs: 5_000 },
  );
  return { client, connection, commands };
}

/** Makes Redis know the scripts, so that they are sent by their hashes. */
async function warmUp(inbox: Inbox): Promise<void> {
  const claim = await inbox.claim("warm", 60_000);
  if (claim.kind !== "claimed") throw new Error("not claimed");
  await inbox.renew("warm", claim.token, 60_000);
  await inbox.complete("warm", claim.token);
}

/** A handler for deliveries of SendGrid with 1,000 events, and how many it processed. */
async function sendgridEndpoint(options: Partial<WebhookHandlerOptions<Record<string, unknown>>>) {
  const keys = (await signers()).find(({ scheme }) => scheme === sendgrid);
  if (keys === undefined) throw new Error("no keys");
  const handler = createWebhookHandler(sendgrid, { secrets: keys.verifying, otherwise: () => {}, ...options });
  const body = Array.from({ length: 1_000 }, (_, index) => ({ event: "delivered", sg_event_id: `sg_${index}` }));
  return async () => (await handler(await signWebhook(sendgrid, body, { secret: keys.signing }))).status;
}

test("R39: a delivery of SendGrid with 1,000 events costs one command to claim and one to complete, and a duplicate one", async () => {
  const { connection, commands } = await countingConnection();
  const inbox = redisInbox(connection);
  await warmUp(inbox);
  let processed = 0;
  const otherwise = async () => {
    processed += 1;
  };
  const send = await sendgridEndpoint({ inbox, otherwise });
  commands.length = 0;
  expect([await send(), processed]).toEqual([204, 1_000]);
  expect(commands).toEqual(["EVALSHA", "EVALSHA"]);
  expect([await send(), processed]).toEqual([204, 1_000]);
  expect(commands).toEqual(["EVALSHA", "EVALSHA", "EVALSHA"]);
});

test("a delivery with 1,000 events that takes long renews all of its claims by one command", async () => {
  const { connection, commands } = await countingConnection();
  const inbox = redisInbox(connection);
  await warmUp(inbox);
  const clock = fakeClock();
  let processed = 0;
  const otherwise = async () => {
    processed += 1;
    if (processed !== 500) return;
    await nextTurn();
    // Redis has replied to what was sent before.
    await connection.send(["PING"]);
    await clock.advance(5_000);
  };
  const send = await sendgridEndpoint({ inbox, otherwise, clock, leaseMs: 60_000 });
  commands.length = 0;
  expect([await send(), processed]).toEqual([204, 1_000]);
  // The claim, the completion of 499 events, the renewal of the others, and their completion.
  expect(commands).toEqual(["EVALSHA", "EVALSHA", "PING", "EVALSHA", "EVALSHA"]);
  expect(clock.pendingTimers).toBe(0);
});

test("claims, renewals and completions of one turn are one command each, and each call gets its own reply", async () => {
  const { connection, commands } = await countingConnection();
  const inbox = redisInbox(connection);
  await warmUp(inbox);
  commands.length = 0;
  const claim = (key: string) => inbox.claim(key, 60_000);
  const [a, again, done, b] = await Promise.all([claim("a"), claim("a"), claim("warm"), claim("b")]);
  if (a.kind !== "claimed" || b.kind !== "claimed") throw new Error("not claimed");
  expect([again.kind, done]).toEqual(["busy", { kind: "done" }]);
  const renewals = [inbox.renew("a", a.token, 1), inbox.renew("b", a.token, 60_000), inbox.renew("b", b.token, 90_000)];
  expect(await Promise.all(renewals)).toEqual([true, false, true]);
  await Promise.all([inbox.complete("a", a.token, "text"), inbox.complete("b", b.token)]);
  expect(await Promise.all([claim("a"), claim("b")])).toEqual([{ kind: "done", response: "text" }, { kind: "done" }]);
  expect(commands).toEqual(["EVALSHA", "EVALSHA", "EVALSHA", "EVALSHA"]);
});

test("in a cluster events are claimed one by one, and together under a prefix with a hash tag", async () => {
  const { connection, commands, client } = await countingConnection(true);
  const claimAll = async (prefix: string) => {
    const inbox = redisInbox(connection, { prefix });
    await warmUp(inbox);
    const run = async (ids: readonly string[]) => {
      const claims = await Promise.all(ids.map((id) => inbox.claim(id, 60_000)));
      expect(claims.map(({ kind }) => kind)).toEqual(ids.map(() => "claimed"));
    };
    await run(["a", "b", "c"]);
    commands.length = 0;
    await run(["d", "e", "f"]);
    return commands.length;
  };
  expect(await claimAll("inbox")).toBe(3);
  expect(await claimAll("{inbox}")).toBe(1);
  expect(connection.isUp).toBe(true);
  expect(await client.exists("inbox:{f}", "inbox:{f}")).toBe(2);
});
