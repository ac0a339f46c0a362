import { test } from "vitest";
import { checkInterleavings } from "../../cache-interleavings.js";

test("R32: in 10,000 interleavings of reads, changes and invalidations no invalidated value is returned", {
  timeout: 300_000,
}, async () => {
  await checkInterleavings(10_000, 3_232);
});
