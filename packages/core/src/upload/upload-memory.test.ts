import { expect, test } from "vitest";
import { uploadMemory } from "../../test/upload-memory.js";

test.each(["reopenable", "FormData"] as const)(
  "a form with a file of 256 MiB is sent within 128 MiB of memory, given as %s",
  async (kind) => {
    expect(await uploadMemory({ transport: "node:http", kind, mebibytes: 256 })).toBeLessThanOrEqual(128);
  },
);
