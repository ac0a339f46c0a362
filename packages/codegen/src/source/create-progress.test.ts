import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createProgress } from "./create-progress.js";
import { runStep } from "./progress.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function createScreen(isTTY: boolean, env: Record<string, string> = {}) {
  const written: string[] = [];
  const stream = { isTTY, columns: 60, write: (text: string) => written.push(text) };
  const progress = await createProgress({ stream, env, now: () => Date.now() });
  return { written, progress };
}

test.each([
  ["without a terminal", false, {}],
  ["in CI", true, { CI: "true" }],
  ["on a terminal that moves no cursor", true, { TERM: "dumb" }],
] as const)("%s, progress prints one line for a short step", async (_, isTTY, env) => {
  const { written, progress } = await createScreen(isTTY, env);
  progress.expect(2);
  const task = progress.start("fetching acme@1.0.0");
  vi.advanceTimersByTime(900);
  task.add(1_000_000);
  task.end();
  expect(written).toEqual(["fetching acme@1.0.0\n"]);
});

test("without a terminal, progress prints a line every five seconds of a long step", async () => {
  const { written, progress } = await createScreen(false);
  const task = progress.start("fetching acme@1.0.0");
  for (let second = 0; second < 11; second += 1) {
    vi.advanceTimersByTime(1_000);
    task.add(2_000_000);
  }
  task.end();
  expect(written.slice(1)).toEqual([
    "fetching acme@1.0.0: 10.0 MB so far\n",
    "fetching acme@1.0.0: 20.0 MB so far\n",
    "fetching acme@1.0.0: 22.0 MB in 11.0 s\n",
  ]);
});

test("on a terminal, a bar shows how many steps have ended, and those that run, on one line that fits", async () => {
  const { written, progress } = await createScreen(true);
  progress.expect(4);
  progress.start("fetching a@1.0.0").end();
  const first = progress.start("fetching acme@1.0.0");
  progress.start("fetching a-package-with-a-long-name@1.0.0");
  vi.advanceTimersByTime(200);
  first.add(3_000_000);
  vi.advanceTimersByTime(200);
  expect(written).toContain("[=====---------------] 1/4 fetching acme@1.0.0 3.0 MB, fetching".slice(0, 60));
  expect(written.every((text) => !text.includes("\n") && text.length <= 60)).toBe(true);
});

test("on a terminal, the bar is cleared whenever nothing is running, also by a step that fails", async () => {
  const { written, progress } = await createScreen(true);
  progress.expect(2);
  const failing = runStep(progress, "generating acme", () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  // Clears the whole line: https://ecma-international.org/publications-and-standards/standards/ecma-48/
  expect(written.at(-1)).toBe("\u001b[2K");
  expect(vi.getTimerCount()).toBe(0);
  progress.start("generating zebra");
  expect(written).toContain("[==========----------] 1/2 generating zebra");
});

test("on a terminal, a step that was not announced is one more", async () => {
  const { written, progress } = await createScreen(true);
  progress.start("fetching https://api.acme.test/openapi.json").end();
  expect(written).toContain("[--------------------] 0/1 fetching https://api.acme.test/openapi.json".slice(0, 60));
});
