import { expect, test } from "vitest";
import { startLimitWorkers } from "../limit-workers.js";
import { listen } from "../listen.js";
import { startRedis } from "../redis.js";
import { mostInWindow } from "../windows.js";

const secondMs = 1_000;
const limit = 20;

/** A server that accepts 20 requests in any second; `retryAfter` is the header of its rejections. */
async function fixedRateServer(retryAfter: string | undefined) {
  const accepted: number[] = [];
  const rejected: number[] = [];
  const url = await listen((_, response) => {
    const nowMs = performance.now();
    const isAccepted = accepted.filter((atMs) => atMs > nowMs - secondMs).length < limit;
    (isAccepted ? accepted : rejected).push(nowMs);
    const headers = {
      "content-type": "application/json",
      ...(!isAccepted && retryAfter && { "retry-after": retryAfter }),
    };
    setTimeout(() => response.writeHead(isAccepted ? 200 : 429, headers).end("{}"), 15);
  });
  return { url, accepted, rejected };
}

test.each([
  { processes: 1, retryAfter: undefined },
  { processes: 1, retryAfter: "1" },
  { processes: 4, retryAfter: undefined },
  { processes: 4, retryAfter: "1" },
])(
  "R60: a server of 20 a second and 200 waiting GETs of $processes processes, with Retry-After $retryAfter: none is lost",
  { timeout: 120_000 },
  async ({ processes, retryAfter }) => {
    const redis = await startRedis();
    const server = await fixedRateServer(retryAfter);
    // On a busy machine Redis may need more than the default of 40 ms; without it each process has the rate that it learned itself.
    const reach = { kind: "ioredis", url: redis.url, timeoutMs: 2_000 } as const;
    const workers = await startLimitWorkers(reach, processes);
    const errors = await Promise.all(
      workers.map((worker) => worker.call("callAcmeAtOnce", server.url, 200 / processes)),
    );
    expect(errors.flat()).toEqual([]);
    expect(server.accepted).toHaveLength(200);
    // Those of the first burst, when nothing was known, and a few each time that the rate is too high again.
    expect(server.rejected.length).toBeLessThanOrEqual(200);
    expect(mostInWindow(server.accepted, secondMs)).toBeLessThanOrEqual(limit);
  },
);
