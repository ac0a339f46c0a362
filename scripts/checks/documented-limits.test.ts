import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type FakeClock, fakeClock, seededRandom } from "../../packages/testing/src/index.ts";
import { pascalCase, readConnectors } from "../connectors.ts";
import { leftOutConnectors } from "../left-out.ts";

const connectors = fileURLToPath(new URL("../../packages/connectors", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const ids = readConnectors(root)
  .map(({ id }) => id)
  .filter((id) => !leftOutConnectors(root).includes(id));

/** A rule of a profile, as the server of this test counts it. */
interface Rule {
  readonly bucket: string;
  readonly limit: number;
  readonly perMs: number;
  readonly window?: "gcra" | "sliding";
  readonly per?: "operation" | { readonly parameter: string };
  readonly costs?: Readonly<Record<string, number>>;
  readonly burst?: number;
}

/** Requests at once, as the server of this test counts them. */
interface Concurrency {
  readonly bucket?: string;
  readonly limit: number;
  readonly methods?: readonly string[];
}

interface Client {
  request(method: string, path: string, init?: object): Promise<unknown>;
}

interface Connector {
  readonly profile: { readonly rateLimits?: readonly Rule[]; readonly concurrency?: readonly Concurrency[] };
  /** In the form of its option `auth`. */
  readonly credential: unknown;
  readonly facts: { readonly operations: Readonly<Record<string, { readonly bucket?: string }>> };
  readonly create: (options: object) => Client;
}

async function load(id: string): Promise<Connector> {
  const [index, { profile }, { facts }] = await Promise.all(
    ["index", "profile", "generated/facts"].map((file) => import(`${connectors}/${id}/src/${file}.ts`)),
  );
  const { credential } = JSON.parse(await readFile(`${connectors}/${id}/test/responses.json`, "utf8"));
  return { profile, facts, credential, create: index[`create${pascalCase(id)}`] };
}

/** An operation of a bucket, or a path that the document does not have, which is in the bucket of all others. */
function operationOf({ facts }: Connector, bucket: string, method: string): string | undefined {
  if (bucket === "default") return "/limits/of/this/test";
  const found = Object.entries(facts.operations).find(
    ([id, own]) => own.bucket === bucket && id.startsWith(`${method} `),
  );
  return found?.[0].slice(method.length + 1);
}

// Parameters have so many values in turn, which are limited each for itself.
const valueCount = 3;
const timesOf = ({ per }: Rule) => (typeof per === "object" ? valueCount : 1);
const costOf = ({ costs = {} }: Rule, method: string) => costs[method] ?? costs["*"] ?? 1;

/** A request that the server of this test got. */
interface Arrived {
  readonly address: string;
  readonly body: unknown;
  /** The path of its operation, with names of parameters. */
  readonly template: string;
}

/** The value of a parameter in the path, the query, the form or the JSON of a request. */
function parameterOf(name: string, { address, body, template }: Arrived): string {
  const text = typeof body === "string" ? body : "";
  const fields: [string, string][] = text.startsWith("{") ? Object.entries(JSON.parse(text)) : [];
  const form = new URLSearchParams(fields.length > 0 ? fields : text);
  const { pathname, searchParams } = new URL(address);
  const fromEnd = template.split("/").reverse().indexOf(`{${name}}`);
  const segment = fromEnd < 0 ? null : (pathname.split("/").at(-1 - fromEnd) ?? null);
  return segment ?? searchParams.get(name) ?? form.get(name) ?? "";
}

/**
 * A server that keeps a list of the arrivals for each rule, and counts at each what the window that ends there holds: of all requests,
 * or of those with the same value of the rule's parameter.
 */
function slidingServer(
  rules: readonly Rule[],
  { method, template }: { readonly method: string; readonly template: string },
  clock: FakeClock,
) {
  // Requests take up to a tenth of the shortest window, or 200 ms, and so arrive closer to each other than they were sent.
  const maxLatencyMs = Math.min(200, ...rules.map(({ perMs }) => perMs * 0.09));
  const random = seededRandom(16);
  const arrivals: number[] = [];
  const excess = rules.map(() => 0);
  const lists = rules.map(() => new Map<string, number[]>());
  const atOnce = { now: 0, most: 0 };
  return {
    arrivals,
    excess,
    atOnce,
    async fetch(address: string, init?: RequestInit) {
      atOnce.now += 1;
      atOnce.most = Math.max(atOnce.most, atOnce.now);
      await clock.sleep(random() * maxLatencyMs);
      const nowMs = clock.now();
      arrivals.push(nowMs);
      rules.forEach((rule, index) => {
        const arrived = { address, body: init?.body, template };
        const value = typeof rule.per === "object" ? parameterOf(rule.per.parameter, arrived) : "";
        const own = lists[index]?.get(value) ?? [];
        lists[index]?.set(value, own);
        own.push(nowMs);
        let held = 0;
        for (let last = own.length - 1; last >= 0 && own[last]! > nowMs - rule.perMs; last -= 1)
          held += costOf(rule, method);
        excess[index] = Math.max(excess[index] ?? 0, held - rule.limit);
      });
      atOnce.now -= 1;
      const json = { headers: { "content-type": "application/json" } };
      return new Response('{"ok":true}', json);
    },
  };
}

/** What a rule lets go at once; a late request can add one where it is GCRA, which has no margin for jitter. */
const burstOf = ({ limit, window, burst }: Rule) =>
  window === "sliding" ? limit : (burst ?? Math.max(1, limit * 0.03));
const tolerated = (rules: readonly Rule[], method: string) =>
  rules.map((rule) => (rule.window === "sliding" ? 0 : costOf(rule, method)));

async function setUp(id: string, bucket: string, method: string) {
  const connector = await load(id);
  const rules = (connector.profile.rateLimits ?? []).filter(
    (rule) => rule.bucket === bucket && costOf(rule, method) > 0,
  );
  const clock = fakeClock();
  const path = operationOf(connector, bucket, method);
  const server = slidingServer(rules, { method, template: path ?? "" }, clock);
  const inPath = [...(path ?? "").matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
  const parameters = rules.flatMap(({ per }) => (typeof per === "object" ? [per.parameter] : []));
  const atOnce = Math.min(
    ...(connector.profile.concurrency ?? [])
      .filter((own) => (own.bucket ?? bucket) === bucket && (own.methods ?? [method]).includes(method))
      .map(({ limit }) => limit),
  );
  /** A process that starts now. */
  const start = () => {
    const startMs = clock.monotonic();
    const { request } = connector.create({
      auth: connector.credential,
      // As the system clock, its timers have whole milliseconds.
      clock: {
        ...clock,
        monotonic: () => clock.monotonic() - startMs,
        sleep: (delayMs: number, signal?: AbortSignal) => clock.sleep(Math.ceil(delayMs), signal),
      },
      deadlineMs: Infinity,
      attemptTimeoutMs: Infinity,
      concurrency: 10_000,
      fetch: server.fetch,
    });
    return (count: number, signal?: AbortSignal) =>
      Array.from({ length: count }, (_, index) => {
        const valueFor = (name: string) => (parameters.includes(name) ? `value ${index % valueCount}` : "same");
        const valuesOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, valueFor(name)]));
        const values = valuesOf(parameters.filter((name) => !inPath.includes(name)));
        const isRead = method === "GET";
        const params = { path: valuesOf(inPath), query: isRead ? values : {} };
        // A form with files is encoded in time of its own, which the clock does not have: it has no body here.
        const sent = !isRead && parameters.length > 0 ? { body: values } : {};
        return request(method, path ?? "", { signal, params, ...sent });
      });
  };
  const longestMs = Math.max(...rules.map(({ perMs }) => perMs));
  return { rules, clock, server, start, longestMs, atOnce, isThere: path !== undefined };
}

/** Every bucket of every profile, with a method that reads and those that write. */
const cases = await Promise.all(
  ids.map(async (id) => {
    const { profile } = await load(id);
    const buckets = [...new Set((profile.rateLimits ?? []).map(({ bucket }) => bucket))];
    const methodsOf = (bucket: string) => ["GET", "POST", ...(bucket === "default" ? [] : ["PATCH"])];
    return buckets.flatMap((bucket) => methodsOf(bucket).map((method) => [id, bucket, method] as const));
  }),
);
const existing: (readonly [string, string, string])[] = [];
for (const one of cases.flat()) if ((await setUp(...one)).isThere) existing.push(one);

describe.each(existing)("R62: %s, bucket %s, %s, by a server that counts sliding windows", (id, bucket, method) => {
  test("an idle client sends the documented burst at once, and no window ever holds more than the limit", async () => {
    const { rules, clock, server, start, longestMs, atOnce } = await setUp(id, bucket, method);
    const send = start();
    await clock.advance(2 * longestMs);
    const sentAtMs = clock.now();
    const most = Math.min(...rules.map((rule) => timesOf(rule) * Math.floor(burstOf(rule) / costOf(rule, method))));
    const allowed = rules.map((rule) => timesOf(rule) * Math.floor(rule.limit / costOf(rule, method)));
    const calls = send(2 * Math.min(...allowed) + 5);
    await clock.advance(6 * longestMs);
    await Promise.all(calls);
    const sentAtOnce = server.arrivals.filter((atMs) => atMs <= sentAtMs + 200).length;
    expect(sentAtOnce).toBeGreaterThanOrEqual(Math.min(most, atOnce));
    expect(server.atOnce.most).toBeLessThanOrEqual(atOnce);
    // Idle again, and once more.
    await clock.advance(longestMs);
    const again = send(2 * most + 5);
    await clock.advance(6 * longestMs);
    await Promise.all(again);
    rules.forEach((_, index) => {
      expect(server.excess[index]).toBeLessThanOrEqual(tolerated(rules, method)[index] ?? 0);
    });
  });

  test("a process that ends and starts anew, without Redis, exceeds no window either", async () => {
    const { rules, clock, server, start, longestMs } = await setUp(id, bucket, method);
    const ending = new AbortController();
    const count = Math.max(...rules.map((rule) => Math.ceil((2 * rule.limit) / costOf(rule, method))));
    const first = start()(count, ending.signal).map((call) => call.catch(() => {}));
    await clock.advance(Math.ceil(longestMs * 0.7));
    ending.abort();
    // It takes as long as one request at the documented rate.
    const oneMs = Math.max(...rules.map((rule) => (rule.perMs / rule.limit) * costOf(rule, method)));
    await clock.advance(Math.ceil(1.1 * oneMs));
    const second = new AbortController();
    const later = start()(count, second.signal).map((call) => call.catch(() => {}));
    await clock.advance(longestMs);
    second.abort();
    await clock.advance(1_000);
    await Promise.all([...first, ...later]);
    rules.forEach((rule, index) => {
      // GCRA starts with its burst.
      const most = rule.window === "sliding" ? 0 : burstOf(rule) + (tolerated(rules, method)[index] ?? 0);
      expect(server.excess[index]).toBeLessThanOrEqual(most);
    });
  });
});

test("every connector with documented limits is among them", async () => {
  const limited = await Promise.all(
    ids.map(async (id) => ({ id, isLimited: ((await load(id)).profile.rateLimits ?? []).length > 0 })),
  );
  const expected = limited.filter(({ isLimited }) => isLimited).map(({ id }) => id);
  expect([...new Set(existing.map(([id]) => id))]).toEqual(expected);
});
