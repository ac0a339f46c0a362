import { test } from "vitest";
import { checkInterleavings } from "../../cache-interleavings.js";

test("R32: in 300 interleavings of reads, changes and call backs no value comes back", {
  timeout: 30_000,
}, async () => {
  await checkInterleavings(300, 32);
});
