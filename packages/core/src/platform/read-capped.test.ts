import { expect, test } from "vitest";
import { concatBytes, readCapped } from "./read-capped.js";

/** A stream of chunks of four bytes, and a record of what was read of it. */
function chunked(count: number) {
  const seen = { pulled: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (seen.pulled === count) return controller.close();
        seen.pulled += 1;
        controller.enqueue(new Uint8Array(4).fill(seen.pulled));
      },
      cancel() {
        seen.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, seen };
}

test.each([
  [0, 0],
  [1, 4],
  [3, 12],
  [3, 1_000],
])("a stream of %i chunks is read to its end under a cap of %i bytes", async (count, maxBytes) => {
  const { stream, seen } = chunked(count);
  const read = await readCapped(stream, maxBytes);
  expect(read).toMatchObject({ byteLength: 4 * count, isOverCap: false });
  expect([...concatBytes(read.chunks)]).toEqual(
    Array.from({ length: 4 * count }, (_, index) => 1 + Math.floor(index / 4)),
  );
  expect(seen.isCancelled).toBe(false);
});

test.each([
  [0, 1],
  [7, 2],
  [8, 3],
])("a stream that exceeds a cap of %i bytes is cancelled after %i chunks", async (maxBytes, pulled) => {
  const { stream, seen } = chunked(100);
  const read = await readCapped(stream, maxBytes);
  expect(read).toMatchObject({ byteLength: 4 * pulled, isOverCap: true });
  expect(seen).toEqual({ pulled, isCancelled: true });
});

test("a stream that never ends its cancellation is not waited for", async () => {
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(8)),
    cancel: () => new Promise(() => {}),
  });
  expect(await readCapped(endless, 10)).toMatchObject({ byteLength: 16, isOverCap: true });
});

test("a stream that fails rejects the read", async () => {
  const failing = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("reset")) });
  await expect(readCapped(failing, 10)).rejects.toThrow("reset");
});

test("concatBytes copies chunks that do not fill their buffers, and only those", () => {
  const buffer = Uint8Array.from([1, 2, 3, 4]);
  expect(concatBytes([buffer]).buffer).toBe(buffer.buffer);
  const part = concatBytes([buffer.subarray(1, 3)]);
  expect([[...part], part.buffer.byteLength]).toEqual([[2, 3], 2]);
  expect([...concatBytes([buffer, buffer.subarray(2)])]).toEqual([1, 2, 3, 4, 3, 4]);
  expect(concatBytes([])).toHaveLength(0);
});
