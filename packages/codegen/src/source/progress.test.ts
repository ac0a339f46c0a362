import { expect, test } from "vitest";
import { createProgress } from "./progress.js";

function createScreen(isTTY: boolean) {
  const written: string[] = [];
  let time = 0;
  return {
    written,
    advance: (ms: number) => {
      time += ms;
    },
    progress: createProgress({ isTTY, columns: 40, write: (text) => written.push(text) }, () => time),
  };
}

test("without a terminal, progress prints one line for a short step", () => {
  const { written, advance, progress } = createScreen(false);
  const task = progress.start("fetching acme@1.0.0");
  advance(900);
  task.add(1_000_000);
  task.end();
  expect(written).toEqual(["fetching acme@1.0.0\n"]);
});

test("without a terminal, progress prints a line every five seconds of a long step", () => {
  const { written, advance, progress } = createScreen(false);
  const task = progress.start("fetching acme@1.0.0");
  for (let second = 0; second < 11; second += 1) {
    advance(1_000);
    task.add(2_000_000);
  }
  task.end();
  expect(written.slice(1)).toEqual([
    "fetching acme@1.0.0: 10.0 MB so far\n",
    "fetching acme@1.0.0: 20.0 MB so far\n",
    "fetching acme@1.0.0: 22.0 MB in 11.0 s\n",
  ]);
});

test("on a terminal, progress redraws one line that fits the terminal, and clears it at the end", () => {
  const { written, advance, progress } = createScreen(true);
  const first = progress.start("fetching acme@1.0.0");
  const second = progress.start("fetching a-package-with-a-long-name@1.0.0");
  advance(200);
  first.add(3_000_000);
  expect(written.at(-1)).toContain("fetching acme@1.0.0 3.0 MB");
  first.end();
  second.end();
  expect(written.every((text) => !text.includes("\n") && text.replace("\r\x1b[2K", "").length < 40)).toBe(true);
  expect(written.at(-1)).toBe("\r\x1b[2K");
});
