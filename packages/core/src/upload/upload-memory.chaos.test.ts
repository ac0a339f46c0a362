import { expect, test } from "vitest";
import { uploadMemory } from "../../test/upload-memory.js";

// Not by `fetch`: that of Node keeps what it sends, because it copies the request first. A Blob of a file takes a buffer for each
// of its chunks, which V8 collects later than those of a file stream.
test.each([
  ["node:http", "reopenable", 64],
  ["undici", "reopenable", 64],
  ["node:http", "FormData", 128],
] as const)(
  "a form with a file of 1 GiB is sent by %s, given as %s, within %i MiB of memory",
  async (transport, kind, most) => {
    const grown = await uploadMemory({ transport, kind, mebibytes: 1_024 });
    console.log(`1 GiB by ${transport}, ${kind}: ${grown} MiB`);
    expect(grown).toBeLessThanOrEqual(most);
  },
);
