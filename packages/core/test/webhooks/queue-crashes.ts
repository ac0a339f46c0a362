import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { WebhookQueue } from "@connectry/core/webhooks";
import { expect, onTestFinished } from "vitest";
import { startWorkers } from "../workers.js";
import type { StartCrashingWorker } from "./slow-handler.js";

/** The server and the queue of a run. */
export interface CrashingQueue {
  readonly queue: WebhookQueue;
  /** How a worker reaches the server. */
  readonly address: string;
  /** Options of the queue, which the worker has too. */
  readonly queueOptions?: Readonly<Record<string, string>>;
  readonly workerFile: URL;
  /** The node_modules of the package of that file. */
  readonly modules: URL;
  killServer(): Promise<void>;
  restartServer(): Promise<void>;
}

const least = 200;

/**
 * Queues events, at least 200, while workers get SIGKILL six times, and the server twice. An event that is not accepted is delivered again, as its
 * provider does. Expects that each is processed.
 */
export async function expectNoLoss(run: CrashingQueue): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "connectry-queue-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "processed");
  writeFileSync(file, "");
  const processed = () =>
    new Set(
      readFileSync(file, "utf8")
        .split("\n")
        .filter((id) => id !== ""),
    );
  let rejected = 0;
  // A queue may reject what comes while its server is gone, or keep it until the server is back.
  let outages = 0;
  let isDown = false;
  let duringOutages = 0;
  const deliver = async (id: string) => {
    const event = { id, type: "a", names: ["a"], isIdentified: true, payload: { id }, provider: "stripe" };
    for (;;) {
      const before = isDown ? -1 : outages;
      const isStored = await run.queue.add({ ...event, signedAtMs: undefined }).then(
        () => true,
        () => false,
      );
      if (before !== outages) duringOutages += 1;
      if (isStored) return;
      rejected += 1;
      await sleep(200);
    }
  };
  let total = 0;
  let isOver = false;
  // As long as something is killed, so that some of them come while the server is gone.
  const deliverAll = async () => {
    while (!isOver || total < least) {
      await deliver(`evt_${total}`);
      total += 1;
      await sleep(100);
    }
  };
  const start = async () => {
    const [worker] = await startWorkers<{ start: StartCrashingWorker }>(run.workerFile, 1, run.modules);
    // It connects as soon as the server is there.
    worker?.call("start", { address: run.address, file, queueOptions: run.queueOptions ?? {} }).catch(() => {});
    return worker;
  };

  const delivered = deliverAll();
  const workers = [await start(), await start()];
  let kills = 0;
  for (let step = 0; step < 6; step += 1) {
    const before = processed().size;
    await expect.poll(() => processed().size, { timeout: 60_000 }).toBeGreaterThan(before + 5);
    if (step === 1 || step === 3) {
      isDown = true;
      outages += 1;
      await run.killServer();
      await sleep(500);
      await run.restartServer();
      isDown = false;
    }
    workers[step % 2]?.signal("SIGKILL");
    kills += 1;
    workers[step % 2] = await start();
  }
  isOver = true;
  await delivered;
  await expect.poll(() => total - processed().size, { timeout: 90_000, interval: 100 }).toBe(0);
  expect(duringOutages).toBeGreaterThan(0);
  const kind = Object.values(run.queueOptions ?? {}).join(", ");
  console.log(
    `${kind && `${kind}: `}${total} events, ${duringOutages} times added while the server was gone, ${rejected} times not accepted, ${kills} workers and 2 servers killed: 0 lost`,
  );
}
