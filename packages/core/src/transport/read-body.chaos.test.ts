import { expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { serve } from "../../test/serve.js";

const megabyte = 2 ** 20;

/** By how many bytes the memory of this process grows at most while a function runs. */
async function peakGrowth(run: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const note = () => {
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  const watch = setInterval(note, 1);
  await run();
  clearInterval(watch);
  note();
  return peak - before;
}

test("R45: a gzip bomb takes at most 3 times `maxResponseBytes` more memory than a response of almost that size", async () => {
  const bomb = (megabytes: number) => ({ kind: "gzip-bomb", decodedBytes: megabytes * megabyte }) as const;
  const server = await serve([bomb(9), bomb(9), bomb(1_024)]);
  const acme = createAcme({ baseUrl: server.url });
  // The memory that the process needs for any large response is allocated before the measurement.
  await acme.GET("/things");
  const controlBytes = await peakGrowth(() => acme.GET("/things"));
  const bytes = await peakGrowth(() => acme.safe.GET("/things"));
  expect(bytes).toBeLessThan(3 * 10 * megabyte + controlBytes);
});
