import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "../../core/test/postgres.js";
import { commandContract, queueContract, webhooks } from "../../core/test/webhooks/queue-contract.js";
import { queueKind, startBoss } from "../test/queue-kind.js";
import { deadLetters, pgBossQueue, pgBossWorker, replayCommand } from "./index.js";
import { jobIdOf } from "./pg-boss-queue.js";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

describe("pg-boss", () => {
  queueContract(queueKind(() => server));
  commandContract(queueKind(() => server));
});

test("an event without a worker, and a dead letter, are kept for years, where pg-boss would delete them after 14 days", async () => {
  const boss = await startBoss(server);
  const queue = pgBossQueue(boss, { attempts: 1 });
  const event = { type: "a", names: ["a"], isIdentified: true, payload: {}, provider: "stripe", signedAtMs: undefined };
  await queue.add({ ...event, id: "evt_dead" });
  const worker = await pgBossWorker(boss, webhooks, {
    otherwise: () => Promise.reject(new Error("closed")),
    pollingIntervalSeconds: 0.5,
  });
  await expect.poll(async () => (await deadLetters(boss)).length).toBe(1);
  await worker.close();
  await queue.add({ ...event, id: "evt_waiting" });
  const jobs = [...(await boss.findJobs("webhooks.dead")), ...(await boss.findJobs("webhooks", { queued: true }))];
  const years = jobs.map(({ keepUntil, createdOn }) => (keepUntil.getTime() - createdOn.getTime()) / 31_536_000_000);
  expect(years.map(Math.round)).toEqual([10, 10]);
});

test("the id of a job is a UUID of version 8, and one for each event of a provider", () => {
  const ids = [
    jobIdOf({ provider: "stripe", id: "evt_1" }),
    jobIdOf({ provider: "stripe", id: "evt_1" }),
    jobIdOf({ provider: "github", id: "evt_1" }),
    jobIdOf({ provider: "stripe", id: "evt_2" }),
  ];
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("the command reports soon that PostgreSQL cannot be reached, or has no pg-boss, without the password", async () => {
  const { host, port, user, database } = server.config;
  for (const [url, problem] of [
    [
      "postgres://user:s3cret@127.0.0.1:1/a",
      /^pg-boss in the schema "pgboss" of PostgreSQL at 127\.0\.0\.1:1 cannot be opened: .*ECONNREFUSED/,
    ],
    [
      `postgres://${user}:s3cret@${host}:${port}/${database}`,
      /^pg-boss in the schema "pgboss" of PostgreSQL at .* cannot be opened: /,
    ],
  ] as const) {
    const errors: string[] = [];
    const output = { print: () => {}, printError: (line: string) => void errors.push(line) };
    const args = ["list", "--queue", "webhooks", "--database", url];
    expect(await replayCommand(args, () => import("pg-boss"), output)).toBe(1);
    expect(errors).toEqual([expect.stringMatching(problem)]);
    expect(errors[0]).not.toContain("s3cret");
  }
});

test("missing arguments are a ConfigurationError", async () => {
  const missing = undefined as never;
  expect(() => pgBossQueue(missing)).toThrow(/pass the started `PgBoss`/);
  await expect(pgBossWorker(missing, webhooks, { otherwise: () => {} })).rejects.toThrow(/pass the started `PgBoss`/);
  await expect(pgBossWorker({} as never, webhooks, {})).rejects.toThrow(/pass `on` or `otherwise`/);
  await expect(deadLetters(missing)).rejects.toMatchObject({ name: "ConfigurationError" });
});
