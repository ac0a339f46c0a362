import { test } from "vitest";
import { checkInterleavings } from "../../cache-interleavings.js";

test("R32: in 300 interleavings of reads, changes and invalidations no invalidated value is returned", async () => {
  await checkInterleavings(300, 32);
});
