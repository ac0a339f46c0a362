import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rejection } from "../../test/call.js";
import { type BulkProgress, bulk } from "../bulk/index.js";
import { progressBar } from "./index.js";

/** A stream that keeps what is written to it. */
function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 66, written, write: (text: string) => void written.push(text) };
}

const at = (done: number, rest: Partial<BulkProgress> = {}): BulkProgress => ({
  ...{ done, failed: 0, skipped: 0, unknown: 0, running: 1, total: 40, isEnded: false },
  ...rest,
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubEnv("CI", "");
  vi.stubEnv("TERM", "xterm");
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

test("on a terminal, a bar shows how many items of all are done, skipped, unknown or failed", async () => {
  const stream = screen(true);
  const onProgress = await progressBar({ title: "import", stream });
  onProgress(at(5));
  onProgress(at(17, { failed: 1, skipped: 1, unknown: 1 }));
  await vi.advanceTimersByTimeAsync(200);
  const bar = `${"=".repeat(20)}${"-".repeat(20)}`;
  expect(stream.written.join("")).toContain(`import [${bar}] 20/40, 1 failed`.slice(0, stream.columns));
  expect(stream.written.every((text) => text.length <= stream.columns)).toBe(true);
});

test("on a terminal, nothing is drawn more than ten times in a second, and nothing runs after the end", async () => {
  const stream = screen(true);
  const onProgress = await progressBar({ stream });
  for (let done = 0; done < 1_000; done += 1) {
    onProgress(at(done, { total: 1_000 }));
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(stream.written.filter((text) => text.startsWith("items")).length).toBeLessThanOrEqual(11);
  onProgress(at(1_000, { total: 1_000, isEnded: true }));
  expect(stream.written.at(-1)).toBe("\n");
  expect(vi.getTimerCount()).toBe(0);
});

test("on a terminal, a run whose items are not counted before has a number, and no bar", async () => {
  const stream = screen(true);
  const onProgress = await progressBar({ stream });
  onProgress(at(7, { total: undefined }));
  onProgress(at(8, { total: undefined, isEnded: true }));
  const texts = stream.written.filter((text) => text.startsWith("items"));
  expect(texts).toEqual(["items 7, 0 failed", "items 8, 0 failed"]);
});

test.each([
  ["no terminal", false, {}],
  ["CI", true, { CI: "true" }],
  ["a terminal that moves no cursor", true, { TERM: "dumb" }],
])("in %s, progress is a line every ten seconds, and one at the end", async (_, isTTY, environment) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const stream = screen(isTTY);
  const onProgress = await progressBar({ title: "import", stream });
  for (let done = 1; done <= 25; done += 1) {
    vi.advanceTimersByTime(1_000);
    onProgress(at(done));
  }
  onProgress(at(26, { failed: 14, isEnded: true }));
  expect(stream.written).toEqual([
    "import: 10 of 40, 0 failed\n",
    "import: 20 of 40, 0 failed\n",
    "import: 40 of 40, 14 failed\n",
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a run of bulk that fails ends its bar, too", async () => {
  const stream = screen(true);
  const onProgress = await progressBar({ stream });
  const items = Object.assign([1, 2, 3][Symbol.iterator](), { length: 3 });
  const send = () => Promise.reject(new Error("no"));
  const run = async () => {
    for await (const _ of bulk(items, send, { concurrency: 1, stopAfter: 2, onProgress }));
  };
  expect(await rejection(run())).toMatchObject({ name: "BulkStoppedError" });
  expect(stream.written.findLast((text) => text.startsWith("items"))).toContain("2/3, 2 failed");
  expect(vi.getTimerCount()).toBe(0);
});
