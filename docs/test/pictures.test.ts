import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { goalsPicture } from "../src/pictures/goals.ts";
import { makePictures } from "../src/pictures/pictures.ts";
import { readPipeline } from "../src/pictures/pipeline.ts";
import { recordCall } from "../src/pictures/timeline.ts";

test("the committed pictures are those that the data gives: `npx -y pnpm@12 pictures` writes them", async () => {
  for (const [name, text] of Object.entries(await makePictures()))
    expect(text, name).toBe(readFileSync(new URL(`../pictures/${name}`, import.meta.url), "utf8"));
});

test("the picture of the pipeline has the order that ARCHITECTURE.md documents", () => {
  const source = readFileSync(new URL("../../packages/core/src/client/default-pipeline.ts", import.meta.url), "utf8");
  const names = readPipeline(source);
  const outer = ["observe", "tokenExchange", "resolveTenant", "cache", "idempotencyKey", "perCall"];
  const documented = [...outer, "retry", "tokenExchange", "circuitBreaker"];
  const inner = ["authenticate", "rateLimit", "perAttempt", "timeout", "transport"];
  expect(names.filter((name) => name !== "tenantHeaders")).toEqual([...documented, ...inner]);
});

test("the timeline is of a call of three attempts that waited as long as Retry-After asked", async () => {
  const { attempts } = await recordCall();
  expect(attempts.map(({ status }) => status)).toEqual([503, 429, 200]);
  const [, second, third] = attempts;
  expect(third!.startedAtMs - second!.startedAtMs - second!.providerMs).toBeGreaterThanOrEqual(1_000);
});

test("a goal that is met is a bar to the left of what it allows, and one that is not to the right", () => {
  const goal = { section: "Bundle", name: "acme", target: "bytes <= 10" };
  const xOf = (share: number, met: boolean) => {
    const [, , x, width] = /<rect (?!width="100%")[^>]*?(x="([\d.]+)" y="[\d.]+" width="([\d.]+)")/.exec(
      goalsPicture([{ ...goal, met, share }]),
    )!;
    return { from: Number(x), to: Number(x) + Number(width) };
  };
  const met = xOf(0.5, true);
  const unmet = xOf(2, false);
  expect(met.to).toBe(unmet.from);
  expect(met.from).toBeLessThan(met.to);
  expect(unmet.to).toBeGreaterThan(unmet.from);
  expect(goalsPicture([{ ...goal, met: false }])).toContain("not measured");
});
