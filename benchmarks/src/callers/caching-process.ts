// One client with a cache in a process of its own: it makes cache hits one after another for some time, or many calls at once.
import { type CachingTarget, cachingCallers } from "./caching-callers.ts";
import type { Slice } from "./caller-process.ts";

/** The request of the parent: for how long to make hits, or how many calls to make at once. */
export type CachingRequest = { readonly ms: number } | { readonly callers: number };

const [name, targetText] = process.argv.slice(2);
const caller = cachingCallers.find((one) => one.name === name);
if (caller === undefined || targetText === undefined) throw new Error(`There is no caching client called ${name}.`);
const target = JSON.parse(targetText) as CachingTarget;
const call = await caller.prepare(target);

async function slice(ms: number): Promise<Slice> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let calls = 0;
  do {
    for (let i = 0; i < 16; i += 1) await call();
    calls += 16;
    await new Promise((resolve) => setImmediate(resolve));
  } while (performance.now() - startedAt < ms);
  const { user, system } = process.cpuUsage(before);
  return { calls, ms: performance.now() - startedAt, cpuMs: (user + system) / 1_000 };
}

async function burst(callers: number): Promise<Slice> {
  const startedAt = performance.now();
  const results = await Promise.allSettled(Array.from({ length: callers }, () => call()));
  const calls = results.filter(({ status }) => status === "fulfilled").length;
  return { calls, ms: performance.now() - startedAt, cpuMs: 0 };
}

process.on("message", async (request: CachingRequest) => {
  process.send?.("ms" in request ? await slice(request.ms) : await burst(request.callers));
});
if (target.tier !== "cold" && JSON.stringify(await call()).length < target.size / 2)
  throw new Error("The response is missing, or too small.");
process.send?.("ready");
