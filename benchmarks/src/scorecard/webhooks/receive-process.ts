// One receiver in a process of its own: it verifies each delivery, and reports to its parent what became of it.
import { createHmac } from "node:crypto";
import { inspect } from "node:util";
import { deliveryOf, type Forgery, forgeries } from "./forgeries.ts";
import { receivers, type Verify } from "./receivers.ts";
import { type Delivery, schemes } from "./schemes.ts";

/** What became of a delivery. */
export interface Received {
  readonly forgery: string;
  readonly outcome: "accepted" | "rejected";
  readonly error: string;
  readonly showsSecret: boolean;
  /** What one of a flood costs, as a multiple of one HMAC over its body by node:crypto. */
  readonly hashes: number | undefined;
}

const [id] = process.argv.slice(2);
const receiver = receivers.find((one) => one.id === id);
const scheme = schemes.find((one) => one.id === receiver?.scheme);
if (!receiver || !scheme) throw new Error(`There is no receiver called ${id}.`);
const verify = await receiver.prepare(scheme.secret);

async function outcomeOf(delivery: Delivery): Promise<{ outcome: Received["outcome"]; error?: unknown }> {
  try {
    await verify(delivery);
    return { outcome: "accepted" };
  } catch (error) {
    return { outcome: "rejected", error };
  }
}

// A flood that takes longer is measured by its beginning.
const longestMs = 2_000;

/** Processor time of one run of `work`, the mean of `count`. */
async function cpuMs(work: () => unknown, count: number): Promise<number> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  let turns = 0;
  for (; turns < count && performance.now() - startedAt < longestMs; turns += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / turns;
}

async function floodHashes(delivery: Delivery, count: number): Promise<number> {
  const attempt: Verify = (one) => outcomeOf(one);
  const hash = () => createHmac("sha256", "secret").update(delivery.body).digest();
  // Once before, so that neither is measured while it is compiled.
  await cpuMs(() => attempt(delivery), Math.ceil(count / 10));
  await cpuMs(hash, 100);
  return (await cpuMs(() => attempt(delivery), count)) / (await cpuMs(hash, 2_000));
}

async function receive(forgery: Forgery): Promise<Received | undefined> {
  const delivery = scheme && deliveryOf(forgery, scheme);
  if (!delivery || !scheme) return undefined;
  const { outcome, error } = await outcomeOf(delivery);
  const key = scheme.secret.replace("whsec_", "");
  return {
    forgery: forgery.id,
    outcome,
    error: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 90) : "",
    showsSecret: inspect(error).includes(key),
    hashes: forgery.count === undefined ? undefined : await floodHashes(delivery, forgery.count),
  };
}

for (const forgery of forgeries) {
  const received = await receive(forgery);
  if (received) process.send?.(received);
}
process.disconnect?.();
