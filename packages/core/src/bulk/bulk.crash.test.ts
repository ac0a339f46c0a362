import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "../../test/listen.js";
import { startWorkers, type Worker } from "../../test/workers.js";

type Work = typeof import("../../test/bulk.worker.js");

const count = 60;

/** A provider that applies each key once, and each request without one; it reports each request before it responds. */
async function provider(received: (requests: number) => void) {
  const applied = new Map<number, number>();
  const keys = new Set<string>();
  let requests = 0;
  const url = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { item } = JSON.parse(Buffer.concat(chunks).toString()) as { item: number };
      const key = request.headers["idempotency-key"];
      if (typeof key !== "string" || !keys.has(key)) applied.set(item, (applied.get(item) ?? 0) + 1);
      if (typeof key === "string") keys.add(key);
      requests += 1;
      received(requests);
      response.setHeader("content-type", "application/json").end("{}");
    });
    request.on("error", () => {});
  });
  return { url, applied };
}

function logFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "connectry-bulk-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "run.log");
}

async function start(): Promise<Worker<Work>> {
  const [worker] = await startWorkers<Work>(new URL("../../test/bulk.worker.ts", import.meta.url), 1);
  return worker as Worker<Work>;
}

// The number of requests that the provider has received when the process is killed.
const points = [1, 2, 5, 9, 14, 20, 31, 42, 53, 60];

test.each(points)(
  "after a SIGKILL at request %i, the run is run again with its name: each item once",
  async (point) => {
    let victim: Worker<Work> | undefined;
    const { url, applied } = await provider((requests) => requests === point && victim?.signal("SIGKILL"));
    const plan = { file: logFile(), count, name: "import" };
    victim = await start();
    await expect(victim.call("run", url, plan)).rejects.toThrow("the worker ended");
    victim = undefined;
    const { fulfilled, rejected, unknown } = await (await start()).call("run", url, plan);
    expect([rejected, unknown]).toEqual([[], []]);
    expect([...applied.values()]).toEqual(Array.from({ length: count }, () => 1));
    expect(fulfilled?.length).toBeLessThanOrEqual(count);
    // Nothing is left for a third run.
    expect(await (await start()).call("run", url, plan)).toEqual({ fulfilled: [], rejected: [], unknown: [] });
  },
);

test.each(points)(
  "after a SIGKILL at request %i, without keys: no item twice, and what is not known is said",
  async (point) => {
    let victim: Worker<Work> | undefined;
    const { url, applied } = await provider((requests) => requests === point && victim?.signal("SIGKILL"));
    const plan = { file: logFile(), count };
    victim = await start();
    await expect(victim.call("run", url, plan)).rejects.toThrow("the worker ended");
    victim = undefined;
    const { rejected, unknown = [] } = await (await start()).call("run", url, plan);
    expect(rejected).toEqual([]);
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThanOrEqual(4);
    expect(Math.max(...applied.values())).toBe(1);
    const missing = Array.from({ length: count }, (_, item) => item).filter((item) => !applied.has(item));
    expect(unknown).toEqual(expect.arrayContaining(missing));
  },
);
