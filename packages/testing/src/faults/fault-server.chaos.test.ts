import { expect, test } from "vitest";
import { bestOfMs, elapsedMs, timerMs } from "../../test/elapsed.js";
import { faultServer } from "./fault-server.js";

const response = { body: { id: "cus_1", name: "Ada Lovelace", notes: "x".repeat(500) } };
const { length } = JSON.stringify(response.body);

test("latency: the response is delayed as long as a timer does", async () => {
  const leastMs = await timerMs(80);
  await using server = await faultServer([{ kind: "latency", delayMs: 80 }], { response });
  const ms = await elapsedMs(async () => expect(await (await fetch(server.url)).json()).toEqual(response.body));
  expect(ms).toBeGreaterThanOrEqual(leastMs);
});

test("drip: the body takes as long as the timers between its chunks", async () => {
  const leastMs = await timerMs(30);
  await using server = await faultServer([{ kind: "drip", chunkBytes: 200, everyMs: 30 }], { response });
  const ms = await elapsedMs(async () => expect(await (await fetch(server.url)).json()).toEqual(response.body));
  expect(ms).toBeGreaterThanOrEqual((Math.ceil(length / 200) - 1) * leastMs);
});

test("a server whose client disconnected during a gzip bomb or a drip closes within a second more than an idle one", async () => {
  const idleMs = await bestOfMs(async () => (await faultServer([])).close());
  const server = await faultServer(
    [
      { kind: "gzip-bomb", decodedBytes: 2 ** 34 },
      { kind: "drip", chunkBytes: 1, everyMs: 50 },
    ],
    { response },
  );
  for (let index = 0; index < 2; index += 1) await (await fetch(server.url)).body?.cancel();
  expect(await elapsedMs(() => server.close())).toBeLessThan(1_000 + idleMs);
});
