import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createCall } from "../../test/call.js";
import type { Body } from "../pipeline/call.js";
import type { RateLimit } from "../provider/profile.js";
import { concurrencyLimits } from "./concurrency-limits.js";
import { limitValues } from "./limit-values.js";
import { localRateLimits } from "./local-rate-limits.js";
import { createRateLimiter } from "./rate-limiter.js";

type Parts = Parameters<typeof createCall>[0];

const perChannel: RateLimit = { bucket: "default", limit: 1, perMs: 1_000, per: { parameter: "channel" } };
const formType = "application/x-www-form-urlencoded";
const replayable = (data: string | Uint8Array<ArrayBuffer>, contentType: string): Body => ({
  kind: "replayable",
  data,
  contentType,
});
const form = (text: string): Parts => ({ body: replayable(text, formType) });
const json = (value: unknown): Parts => ({ body: replayable(JSON.stringify(value), "application/json") });
const query = (text: string): Parts => ({ url: `https://api.acme.test/things?${text}` });
const valueIn = (parts: Parts, limit = perChannel) => limitValues(createCall(parts), [limit])?.[0];

describe("the value of a parameter", () => {
  const expected = valueIn(query("channel=C1"));

  test.each<[string, Parts]>([
    ["a form", form("text=hello&channel=C1")],
    ["JSON", json({ text: "hello", channel: "C1" })],
    [
      "JSON of a media type of its own",
      { body: replayable('{"channel":"C1"}', "application/vnd.acme+json; charset=utf-8") },
    ],
    ["bytes", { body: replayable(new TextEncoder().encode("channel=C1"), formType) }],
    [
      "bytes whose type a header says",
      { ...form("channel=C1"), headers: { "content-type": `${formType};charset=UTF-8` } },
    ],
    ["a path", { url: "https://api.acme.test/c/C1/m?x=1", operation: { path: "/c/{channel}/m" } }],
  ])("of %s is the same as in a query", (_, parts) => {
    expect(valueIn(parts)).toBe(expected);
    expect(valueIn(form("channel=C2"))).not.toBe(expected);
  });

  // https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport
  test("may be followed by text in its segment, and contain slashes where the operation says so", () => {
    const property: RateLimit = { ...perChannel, per: { parameter: "property" } };
    const valueAt = (method: string, id: number) =>
      valueIn(
        {
          url: `https://api.acme.test/v1beta/properties/${id}:${method}`,
          operation: { id: method, path: `/v1beta/{property}:${method}`, multiSegment: ["property"] },
        },
        property,
      );
    expect(valueAt("runReport", 1)).toBe(valueAt("runPivotReport", 1));
    expect(valueAt("runReport", 1)).not.toBe(valueAt("runReport", 2));
  });

  test.each<[string, Parts]>([
    ["JSON that is not valid", { body: replayable("{", "application/json") }],
    ["JSON that is not an object", json(["channel"])],
    ["a value that is not a text", json({ channel: { id: "C1" } })],
    ["another media type", { body: replayable("channel=C1", "text/plain") }],
    ["a stream", { body: { kind: "one-shot", contentType: formType, data: new ReadableStream() } }],
    ["more than 1,048,576 characters", form(`channel=C1&text=${"a".repeat(1_048_576)}`)],
  ])("is unknown in %s: such calls share a limit", (_, parts) => {
    expect(valueIn(parts)).toBe(valueIn({}));
  });

  test("is a hash of fixed length, which does not contain it", () => {
    const secret = "xoxb-a-credential-in-the-wrong-place";
    expect(valueIn(form(`channel=${secret.repeat(100)}`))).toMatch(/^[0-9a-z]{1,11}$/);
  });

  test("of no limit of the call's bucket is not read", () => {
    expect(limitValues(createCall(form("channel=C1")), [{ ...perChannel, bucket: "messages" }])).toBeUndefined();
  });

  test("has a hash of its own for each of 100,000 channels", () => {
    const values = new Set(Array.from({ length: 100_000 }, (_, index) => valueIn(query(`channel=C${index}`))));
    expect(values.size).toBe(100_000);
  });
});

function limiterOf(limits: readonly RateLimit[], concurrency: Parameters<typeof concurrencyLimits>[1] = []) {
  const clock = fakeClock();
  const limiter = createRateLimiter({
    profile: {},
    strategies: { limitValues, concurrencyLimits },
    limits,
    concurrency,
    store: localRateLimits(clock),
    slots: { concurrency: 10, maxQueued: Infinity },
    clock,
  });
  /** When each call passed, by its number. */
  const passed: (number | undefined)[] = [];
  const send = (index: number, parts: Parts): Promise<() => void> => {
    const note = (release: () => void) => {
      passed[index] = Math.round(clock.monotonic());
      return release;
    };
    const turn = limiter.acquire(createCall(parts));
    return turn instanceof Promise ? turn.then(note) : Promise.resolve(note(turn));
  };
  return { clock, limiter, passed, send };
}

describe("a limit per parameter", () => {
  test("holds for each value, for all operations of the bucket together", async () => {
    const { clock, passed, send } = limiterOf([perChannel]);
    const update = { operation: { id: "POST /update" } };
    const calls = [form("channel=C1"), form("channel=C1"), form("channel=C2"), { ...form("channel=C1"), ...update }];
    for (const [index, parts] of calls.entries()) void send(index, parts).then((release) => release());
    await clock.advance(5_000);
    expect(passed).toEqual([0, 1_000, 0, 2_000]);
  });

  test("holds beside a limit of all values", async () => {
    const { clock, passed, send } = limiterOf([perChannel, { ...perChannel, per: undefined, limit: 2, burst: 1 }]);
    for (const index of [0, 1, 2]) void send(index, form(`channel=C${index}`)).then((release) => release());
    await clock.advance(5_000);
    expect(passed).toEqual([0, 500, 1_000]);
  });

  test("a response to one value with 429 pauses all, because it may be the limit of all", async () => {
    const { clock, limiter, passed, send } = limiterOf([perChannel]);
    const call = createCall(form("channel=C1"));
    const verdict = { kind: "throttled", retryAfterMs: 3_000, notApplied: true, maybeApplied: false } as const;
    limiter.report(call, { headers: new Headers(), body: undefined, verdict }, 0);
    void send(0, form("channel=C2")).then((release) => release());
    await clock.advance(5_000);
    expect(passed).toEqual([3_000]);
  });
});

describe("a documented number of requests at once", () => {
  const write = (id: string, bucket = "default"): Parts => ({ operation: { id, bucket, method: "POST" } });

  test("holds for all its buckets together, and not for other methods", async () => {
    const { clock, passed, send } = limiterOf([], [{ limit: 2, methods: ["POST"] }]);
    const first = send(0, write("POST /a"));
    for (const [index, parts] of [write("POST /b", "search"), write("POST /c", "search"), {}].entries())
      void send(index + 1, parts);
    await clock.advance(1_000);
    expect(passed).toEqual([0, 0, undefined, 0]);
    (await first)();
    await clock.advance(0);
    expect(passed).toEqual([0, 0, 1_000, 0]);
  });

  test("of one bucket does not hold for others, and `concurrency` holds as well", async () => {
    const { clock, passed, send } = limiterOf([], [{ bucket: "search", limit: 1 }]);
    for (let index = 0; index < 12; index += 1) void send(index, write("POST /a"));
    for (let index = 12; index < 14; index += 1) void send(index, write("POST /b", "search"));
    await clock.advance(1_000);
    expect(passed.filter((atMs) => atMs !== undefined)).toHaveLength(11);
    expect([passed[9], passed[10], passed[12], passed[13]]).toEqual([0, undefined, 0, undefined]);
  });
});
