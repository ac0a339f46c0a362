import { expect, test } from "vitest";
import { createProgress } from "./progress.js";

function screen(isTTY: boolean) {
  const written: string[] = [];
  let time = 0;
  return {
    written,
    pass: (ms: number) => {
      time += ms;
    },
    progress: createProgress({ isTTY, columns: 40, write: (text) => written.push(text) }, () => time),
  };
}

test("without a terminal, says at the start what it does, and nothing more of a short step", () => {
  const { written, pass, progress } = screen(false);
  const task = progress.start("fetching acme@1.0.0");
  pass(900);
  task.add(1_000_000);
  task.end();
  expect(written).toEqual(["fetching acme@1.0.0\n"]);
});

test("without a terminal, a long step tells every five seconds how far it is", () => {
  const { written, pass, progress } = screen(false);
  const task = progress.start("fetching acme@1.0.0");
  for (let second = 0; second < 11; second += 1) {
    pass(1_000);
    task.add(2_000_000);
  }
  task.end();
  expect(written.slice(1)).toEqual([
    "fetching acme@1.0.0: 10.0 MB so far\n",
    "fetching acme@1.0.0: 20.0 MB so far\n",
    "fetching acme@1.0.0: 22.0 MB in 11.0 s\n",
  ]);
});

test("on a terminal one line changes, never wider than the terminal, and is gone in the end", () => {
  const { written, pass, progress } = screen(true);
  const first = progress.start("fetching acme@1.0.0");
  const second = progress.start("fetching a-package-with-a-long-name@1.0.0");
  pass(200);
  first.add(3_000_000);
  expect(written.at(-1)).toContain("fetching acme@1.0.0 3.0 MB");
  first.end();
  second.end();
  expect(written.every((text) => !text.includes("\n") && text.replace("\r\x1b[2K", "").length < 40)).toBe(true);
  expect(written.at(-1)).toBe("\r\x1b[2K");
});
