import { readFileSync } from "node:fs";
import { Agent } from "undici";
import { Agent as Agent8 } from "undici8";
import { expect, test, vi } from "vitest";

// What holds with undici 7 holds with undici 8, which needs Node 22.19: the same tests, with the other version.
vi.mock("undici", () => import("undici8"));
await import("./undici-transport.test.js");

test("these tests send with undici 8", () => {
  expect(Agent).toBe(Agent8);
});

test("the peer range of undici consists of the majors that are tested", () => {
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
  const majors = ["undici", "undici8"].map((name) =>
    Number.parseInt(read(`../../node_modules/${name}/package.json`).version, 10),
  );
  expect(majors).toEqual([7, 8]);
  const { undici } = read("../../package.json").peerDependencies;
  expect(undici.split(" || ")).toEqual(majors.map((major) => `^${major}.0.0`));
});
