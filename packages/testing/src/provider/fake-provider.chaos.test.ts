import { expect, test } from "vitest";
import { serveAcme } from "../../test/acme-server.js";
import { elapsedMs, timerMs } from "../../test/elapsed.js";

const { acme, send } = await serveAcme();

test("a fault that is matched by its path template delays the provider's response as long as a timer does", async () => {
  const leastMs = await timerMs(60);
  acme.faults.push({ kind: "latency", delayMs: 60, on: { path: "/widgets/{id}" } });
  const ms = await elapsedMs(async () => expect((await send("GET", "/widgets/w_9")).body.id).toBe("w_9"));
  expect(ms).toBeGreaterThanOrEqual(leastMs);
});
