import { describe, expect, test } from "vitest";
import { listen } from "../../test/listen.js";
import { startRedis } from "../../test/redis.js";
import { startWorkers, type Worker } from "../../test/workers.js";

type Work = typeof import("../../test/poll.worker.js");

/** A provider whose report succeeds when it is read the fourth time, and that starts one for each key. */
async function provider(received: (requests: number) => void) {
  const started = new Map<string, string>();
  let requests = 0;
  let reads = 0;
  const url = await listen((request, response) => {
    requests += 1;
    const key = `${request.headers["idempotency-key"] ?? requests}`;
    if (request.method === "POST" && !started.has(key)) started.set(key, `r${started.size + 1}`);
    if (request.method === "GET") reads += 1;
    const id = request.method === "POST" ? started.get(key) : request.url?.split("/").pop();
    received(requests);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ id, status: reads < 4 ? "pending" : "succeeded" }));
  });
  return { url, started };
}

async function start(): Promise<Worker<Work>> {
  const [worker] = await startWorkers<Work>(new URL("../../test/poll.worker.ts", import.meta.url), 1);
  return worker as Worker<Work>;
}

// The number of requests that the provider has received when the process is killed: the first one starts.
describe.each([1, 2, 3, 4])("after a SIGKILL at request %i", (point) => {
  test.each([
    ["with keys, the run is called again and continues", true, "r1"],
    ["without keys, it continues unless the start itself was cut", false, point === 1 ? "OutcomeUnknownError" : "r1"],
  ])("%s: nothing is started twice", async (_, hasKeys, expected) => {
    let victim: Worker<Work> | undefined;
    const redis = await startRedis();
    const { url, started } = await provider((requests) => requests === point && victim?.signal("SIGKILL"));
    victim = await start();
    await expect(victim.call("run", url, redis.url, { hasKeys })).rejects.toThrow("the worker ended");
    victim = undefined;
    expect(await (await start()).call("run", url, redis.url, { hasKeys })).toBe(expected);
    expect(started.size).toBe(1);
  });
});
