import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { rejection } from "../../test/call.js";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../test/redis.js";
import { redisLog } from "../redis/index.js";
import { type BulkLog, fileLog, memoryLog } from "./index.js";

function filePath(): string {
  const folder = mkdtempSync(join(tmpdir(), "connectry-bulk-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "run.log");
}

const redisBy = async (connect: typeof ioredisConnection) => {
  const redis = await startRedis();
  return redisLog(await connect(redis, { timeoutMs: 2_000 }), { name: "import" });
};

test.each<[name: string, open: () => BulkLog | Promise<BulkLog>]>([
  ["memory", memoryLog],
  ["a file", () => fileLog(filePath())],
  ["Redis by ioredis", () => redisBy(ioredisConnection)],
  ["Redis by node-redis", () => redisBy(nodeRedisConnection)],
  ["Redis by Upstash", () => redisBy(upstashConnection)],
])("a log in %s knows what was begun, what is done, and what was released", async (_, open) => {
  const log = await open();
  const states: unknown[] = [];
  const begin = async (key: string) => void states.push(await log.begin(key));
  await begin("a");
  await begin("a");
  await log.complete("a");
  await begin("a");
  await begin('b\n"c');
  await log.release('b\n"c');
  await begin('b\n"c');
  expect(states).toEqual(["new", "begun", "done", "new", "new"]);
});

test("a file is read again by the next process, also where the last line is incomplete", async () => {
  const path = filePath();
  const log = fileLog(path);
  await log.begin("a");
  await log.complete("a");
  await log.begin("b");
  appendFileSync(path, '["begi');
  const next = fileLog(path);
  expect([await next.begin("a"), await next.begin("b"), await next.begin("c")]).toEqual(["done", "begun", "new"]);
  const third = fileLog(path);
  expect([await third.begin("c"), readFileSync(path, "utf8").includes('["begi\n')]).toEqual(["begun", true]);
});

test("a file that cannot be read or written is the error of its first use", async () => {
  const log = fileLog("/dev/null/run.log");
  expect(await rejection(Promise.resolve(log.begin("a")))).toMatchObject({ code: "ENOTDIR" });
});
