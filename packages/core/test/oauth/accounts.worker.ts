import { createClient } from "redis";
import { oauthAccounts, type TokenStore } from "../../src/oauth/index.js";
import { systemClock } from "../../src/platform/clock.js";
import type { OauthFacts } from "../../src/provider/oauth-facts.js";
import { nodeRedis, redisTokens } from "../../src/redis/index.js";
import { createAcme } from "../acme.js";
import { client, keySecret } from "./accounts.js";

/**
 * A moment of a refresh, in the process that has the lease: after the lease, its second reading, the mark that it is about to send the
 * refresh token, the response, the store.
 */
export type Step = "claimed" | "read" | "marked" | "responded" | "stored";

/** What a process is started with. */
export interface WorkerPlan {
  readonly redisUrl: string;
  readonly facts: OauthFacts;
  readonly apiUrl: string;
  readonly requestTimeoutMs: number;
  /** The error of this process's clocks. */
  readonly skewMs?: number;
}

let acme: ReturnType<typeof createAcme>;
let armed: { readonly step: Step; readonly signal: "SIGSTOP" | "SIGKILL" } | undefined;

/** Stops or ends this process where it was told to, once. */
function reach(step: Step): void {
  if (armed?.step !== step) return;
  const { signal } = armed;
  armed = undefined;
  process.kill(process.pid, signal);
}

/** A store that tells at which step of a refresh its process is. */
function watched(store: TokenStore): TokenStore {
  let isClaimed = false;
  return {
    ...store,
    async claim(...args) {
      isClaimed = await store.claim(...args);
      if (isClaimed) reach("claimed");
      return isClaimed;
    },
    async get(...args) {
      const state = await store.get(...args);
      if (isClaimed) reach("read");
      return state;
    },
    async put(...args) {
      const isStored = await store.put(...args);
      reach(args[1].value.includes('"isSending":true') ? "marked" : "stored");
      return isStored;
    },
    async release(...args) {
      isClaimed = false;
      await store.release(...args);
    },
  };
}

/** Connects, and creates the accounts. */
export async function start({ redisUrl, facts, apiUrl, requestTimeoutMs, skewMs = 0 }: WorkerPlan): Promise<void> {
  const redis = createClient({ url: redisUrl, socket: { reconnectStrategy: 50 } });
  redis.on("error", () => {});
  await redis.connect();
  const clock = {
    ...systemClock,
    now: () => systemClock.now() + skewMs,
    monotonic: () => systemClock.monotonic() + Math.abs(skewMs),
  };
  const auth = oauthAccounts({
    provider: facts,
    client,
    store: watched(redisTokens(nodeRedis(redis), { keySecret })),
    requestTimeoutMs,
    clock,
    fetch: async (...args) => {
      const response = await fetch(...args);
      reach("responded");
      return response;
    },
  });
  acme = createAcme({ auth, baseUrl: apiUrl, clock, deadlineMs: 60_000 });
}

/** From now on this process is stopped or ends at a step. */
export function arm(step: Step, signal: "SIGSTOP" | "SIGKILL"): void {
  armed = { step, signal };
}

/** The outcomes of some calls at once: `ok`, or the name and the code of the error. */
export async function call(account: string, count: number): Promise<string[]> {
  const outcome = async () => {
    const { error } = await acme.safe.GET("/api", { account });
    return error ? error.name : "ok";
  };
  const describe = (error: { name?: string; code?: string }) => `${error.name} ${error.code ?? ""}`.trim();
  return Promise.all(Array.from({ length: count }, () => outcome().catch(describe)));
}

/** Calls one after another for a time, in some lanes, and counts the outcomes. */
export async function run(account: string, durationMs: number, lanes: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const endsAtMs = performance.now() + durationMs;
  const lane = async () => {
    while (performance.now() < endsAtMs) {
      for (const outcome of await call(account, 1)) counts[outcome] = (counts[outcome] ?? 0) + 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return counts;
}
