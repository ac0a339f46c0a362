import { expect, test } from "vitest";
import { ioredis } from "./ioredis.js";

/** A client whose pipelines are replied to when the test says so. */
function pipelinesOf() {
  const pipelines: { readonly commands: string[][]; reply(): void }[] = [];
  const redis = ioredis({
    call: async () => "alone",
    pipeline: (commands) => ({
      exec: () =>
        new Promise((resolve) => {
          pipelines.push({ commands, reply: () => resolve(commands.map(([, , value]) => [null, value])) });
        }),
    }),
    duplicate: () => {
      throw new Error("nothing is subscribed");
    },
  });
  return { redis, pipelines };
}

const large = "x".repeat(10_000);

test("commands of one tick share a pipeline up to 16 kB, and those of the first have their replies before Redis executes the next", async () => {
  const { redis, pipelines } = pipelinesOf();
  const replies = ["a", "b", "c"].map((key) => redis.send(["ECHO", key, large]));
  await expect.poll(() => pipelines.length).toBe(2);
  expect(pipelines.map(({ commands }) => commands.map(([, , key]) => key))).toEqual([["a", "b"], ["c"]]);
  pipelines[0]?.reply();
  expect(await Promise.all(replies.slice(0, 2))).toEqual(["a", "b"]);
  pipelines[1]?.reply();
  expect(await replies[2]).toBe("c");
});

test("small commands of one tick share one pipeline, and one alone needs none", async () => {
  const { redis, pipelines } = pipelinesOf();
  expect(await redis.send(["GET", "key"])).toBe("alone");
  const replies = Array.from({ length: 100 }, (_, index) => redis.send(["GET", `key ${index}`]));
  await expect.poll(() => pipelines.length).toBe(1);
  pipelines[0]?.reply();
  expect(await Promise.all(replies)).toHaveLength(100);
});
