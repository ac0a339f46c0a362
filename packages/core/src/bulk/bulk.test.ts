import { describe, expect, test, vi } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { memoryLog } from "./bulk-log.js";
import type { BulkOptions, BulkProgress } from "./bulk-options.js";
import { type BulkOutcome, bulk, type SendItem } from "./index.js";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** All outcomes of a run, in the order in which they came. */
async function outcomesOf<Item, Value>(
  items: Iterable<Item> | AsyncIterable<Item>,
  send: SendItem<Item, Value>,
  options?: BulkOptions<Item>,
): Promise<BulkOutcome<Item, Value>[]> {
  const outcomes: BulkOutcome<Item, Value>[] = [];
  for await (const outcome of bulk(items, send, options)) outcomes.push(outcome);
  return outcomes;
}

/** Promises that a test settles one by one. */
function gates() {
  const open = new Map<number, { resolve: (value: number) => void; reject: (reason: unknown) => void }>();
  const send = (item: number) => new Promise<number>((resolve, reject) => open.set(item, { resolve, reject }));
  return { open, send };
}

describe("outcomes", () => {
  test("come as items end, each with its item, whatever becomes of the others", async () => {
    const { open, send } = gates();
    const run = outcomesOf(numbers(3), send, { concurrency: 3 });
    await vi.waitFor(() => expect(open.size).toBe(3));
    const failure = new Error("no");
    open.get(2)?.resolve(20);
    await new Promise(setImmediate);
    open.get(0)?.reject(failure);
    await new Promise(setImmediate);
    open.get(1)?.resolve(10);
    expect(await run).toEqual([
      { item: 2, index: 2, key: "2", status: "fulfilled", value: 20 },
      { item: 0, index: 0, key: "0", status: "rejected", reason: failure },
      { item: 1, index: 1, key: "1", status: "fulfilled", value: 10 },
    ]);
  });

  test("of any iterable: a Set, a generator, an async generator, nothing", async () => {
    async function* asynchronous() {
      yield* ["a", "b"];
    }
    for (const items of [new Set(["a", "b"]), ["a", "b"].values(), asynchronous()]) {
      const outcomes = await outcomesOf(items, (item) => item.toUpperCase());
      expect(outcomes.map((one) => one.status === "fulfilled" && one.value).sort()).toEqual(["A", "B"]);
    }
    expect(await outcomesOf([], () => 1)).toEqual([]);
  });

  test("of a function that throws at once are rejected, too", async () => {
    const send = () => {
      throw new Error("no");
    };
    expect(await outcomesOf([1], send)).toMatchObject([{ status: "rejected", reason: new Error("no") }]);
  });
});

describe("concurrency", () => {
  test("bounds how many are under way, and how many were taken from their source", async () => {
    let taken = 0;
    let seen = 0;
    let running = 0;
    let most = { running: 0, held: 0 };
    function* source() {
      for (let item = 0; item < 1_000; item += 1) {
        taken += 1;
        most = { ...most, held: Math.max(most.held, taken - seen) };
        yield item;
      }
    }
    const send = async (item: number) => {
      running += 1;
      most = { ...most, running: Math.max(most.running, running) };
      for (let turn = 0; turn <= item % 3; turn += 1) await new Promise(setImmediate);
      running -= 1;
    };
    for await (const _ of bulk(source(), send, { concurrency: 7 })) seen += 1;
    expect([seen, most.running]).toEqual([1_000, 7]);
    expect(most.held).toBeLessThanOrEqual(8);
  });

  test("leaving the loop begins nothing more, waits for what is under way, and closes the source", async () => {
    let isClosed = false;
    function* source() {
      try {
        yield* numbers(100);
      } finally {
        isClosed = true;
      }
    }
    const ended: number[] = [];
    let begun = 0;
    const send = async (item: number) => {
      begun += 1;
      await new Promise((resolve) => setTimeout(resolve, item === 0 ? 0 : 20));
      ended.push(item);
    };
    for await (const _ of bulk(source(), send, { concurrency: 4 })) break;
    expect(begun).toBeLessThanOrEqual(5);
    expect(ended).toHaveLength(begun);
    expect(isClosed).toBe(true);
  });
});

describe("a run with a name", () => {
  const acme = () => {
    const { fetch, requests } = stubFetch();
    return { client: createAcme({ fetch }), keys: () => requests.map(({ headers }) => headers.get("idempotency-key")) };
  };
  const rows = ["ada", "bob"];
  const keyOf = (row: string) => row;

  test("gives each item an idempotency key of its own, the same when it is run again, another in another run", async () => {
    const { client, keys } = acme();
    const send: SendItem<string, unknown> = (name, init) => client.POST("/things", { ...init, body: { name } });
    // One after the other, so that the keys are in the order of the rows.
    for (const run of ["first", "first", "second"]) await outcomesOf(rows, send, { run, keyOf, concurrency: 1 });
    const sent = keys();
    expect(sent.slice(0, 2)).toEqual(sent.slice(2, 4));
    expect(new Set(sent).size).toBe(4);
    expect(sent.every((key) => /^[0-9a-f]{32}$/.test(`${key}`))).toBe(true);
  });

  test("without a name, each call has its own key, as any other", async () => {
    const { client, keys } = acme();
    const send: SendItem<string, unknown> = (name, init) => client.POST("/things", { ...init, body: { name } });
    for (let time = 0; time < 2; time += 1) await outcomesOf(rows, send);
    expect(new Set(keys()).size).toBe(4);
  });
});

describe("what is done", () => {
  test("is not sent again, and counts as skipped", async () => {
    const log = memoryLog();
    const sent: number[] = [];
    const send = (item: number) => void sent.push(item);
    await outcomesOf(numbers(3), send, { done: log });
    const progress: BulkProgress[] = [];
    const options = { done: log, onProgress: (one: BulkProgress) => void progress.push(one) };
    expect((await outcomesOf(numbers(5), send, options)).map(({ item }) => item)).toEqual([3, 4]);
    expect(sent).toEqual([0, 1, 2, 3, 4]);
    expect(progress.at(-1)).toEqual({
      done: 2,
      failed: 0,
      skipped: 3,
      unknown: 0,
      running: 0,
      total: 5,
      isEnded: true,
    });
  });

  test.each<[how: string, run: (options: BulkOptions<number>) => Promise<unknown>]>([
    ["ended", (options) => outcomesOf(numbers(3), (item) => item, options)],
    ["had nothing to send", (options) => outcomesOf([], (item) => item, options)],
    ["failed", (options) => outcomesOf(numbers(3), fail, { ...options, stopAfter: 1 }).catch(() => {})],
    [
      "was left",
      (options) =>
        bulk(numbers(3), (item) => item, options)
          [Symbol.asyncIterator]()
          .return(),
    ],
    [
      "was left in the loop",
      async (options) => {
        for await (const _ of bulk(numbers(3), (item) => item, options)) break;
      },
    ],
  ])("progress says once, and last, that a run %s", async (how, run) => {
    const progress: BulkProgress[] = [];
    await run({ concurrency: 1, onProgress: (one) => void progress.push(one) });
    // A generator that was never started has nothing to end.
    const ends = how === "was left" ? [] : [progress.length - 1];
    expect(progress.flatMap(({ isEnded }, index) => (isEnded ? [index] : []))).toEqual(ends);
  });

  test("what was begun and has no end is unknown, and is not sent again without idempotency keys", async () => {
    const log = memoryLog();
    await log.begin("0");
    const sent: number[] = [];
    const send = (item: number) => void sent.push(item);
    expect(await outcomesOf(numbers(2), send, { done: log })).toMatchObject([
      { item: 0, status: "unknown" },
      { item: 1, status: "fulfilled" },
    ]);
    expect(sent).toEqual([1]);
    await outcomesOf(numbers(1), send, { done: log, run: "again" });
    expect(sent).toEqual([1, 0]);
  });

  test("what was not applied is sent by the next run; what may have been is unknown", async () => {
    const log = memoryLog();
    const failures = [new Response(null, { status: 422 }), new Response(null, { status: 500 })];
    const { fetch, requests } = stubFetch((_, count) => failures[count - 1] ?? Response.json({}));
    const client = createAcme({ fetch }, { idempotency: { header: "x-key", methods: [] } });
    const send = (_: number, { signal }: { signal: AbortSignal }) => client.POST("/things", { signal, body: {} });
    const first = await outcomesOf(numbers(2), send, { done: log, concurrency: 1 });
    expect(first.map((one) => one.status === "rejected" && (one.reason as { outcome: string }).outcome)).toEqual([
      "not-applied",
      "unknown",
    ]);
    const second = await outcomesOf(numbers(2), send, { done: log, concurrency: 1 });
    expect(second.map(({ status }) => status)).toEqual(["fulfilled", "unknown"]);
    expect(requests).toHaveLength(3);
  });
});

describe("a run ends", () => {
  test("after `stopAfter` failures, once the outcomes of all that were begun have come", async () => {
    const seen: number[] = [];
    let begun = 0;
    const run = async () => {
      const send = async (item: number) => {
        begun += 1;
        await Promise.resolve();
        if (item % 2 === 0) throw new Error(`no ${item}`);
      };
      for await (const { item } of bulk(numbers(100), send, { concurrency: 3, stopAfter: 2 })) seen.push(item);
    };
    const error = await rejection<Error>(run());
    expect(error).toMatchObject({ name: "BulkStoppedError", failed: 2 });
    expect((error.cause as Error).message).toMatch(/^no /);
    expect(seen).toHaveLength(begun);
    expect(begun).toBeLessThan(10);
  });

  test("when its signal aborts: the calls under way are aborted, and it rejects with the reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const signals: AbortSignal[] = [];
    const send = (_: number, { signal }: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        signals.push(signal);
        signal.addEventListener("abort", () => reject(signal.reason));
        if (signals.length === 3) controller.abort(reason);
      });
    const options = { concurrency: 3, signal: controller.signal };
    expect(await rejection(outcomesOf(numbers(100), send, options))).toBe(reason);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
    expect(await rejection(outcomesOf(numbers(1), send, options))).toBe(reason);
  });

  test.each<[what: string, items: Iterable<number>, options: BulkOptions<number>]>([
    [
      "the source",
      (function* () {
        yield 1;
        throw new Error("mine");
      })(),
      {},
    ],
    ["keyOf", [1, 2], { keyOf: (item) => (item === 2 ? fail() : "1") }],
    ["the log", [1, 2], { done: { ...memoryLog(), begin: (key) => (key === "1" ? fail() : "new") } }],
    ["onProgress", [1, 2], { onProgress: ({ done }) => (done === 1 ? fail() : undefined) }],
  ])("with what %s throws, after the outcome of what was begun", async (_, items, options) => {
    const seen: unknown[] = [];
    const run = async () => {
      for await (const outcome of bulk(items, (item) => item, { concurrency: 1, ...options })) seen.push(outcome);
    };
    expect(await rejection(run())).toEqual(new Error("mine"));
    expect(seen).toMatchObject([{ item: 1, status: "fulfilled" }]);
  });
});

function fail(): never {
  throw new Error("mine");
}

test.each([
  [{ concurrency: 0 }, /bulk: concurrency must be a positive integer/],
  [{ limit: 3 } as object, /bulk: unknown option `limit`/],
  [{ run: " " }, /bulk: run must be a name/],
])("the options %j are refused before the first item", async (options, message) => {
  const sent: number[] = [];
  const error = await rejection(outcomesOf(numbers(2), (item) => void sent.push(item), options));
  expect(error).toMatchObject({ name: "ConfigurationError" });
  expect(error.message).toMatch(message);
  expect(sent).toEqual([]);
});
