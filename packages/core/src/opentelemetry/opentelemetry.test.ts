import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { canaryScan, fakeClock, instantClock } from "@connectry/testing";
import * as api from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import * as conventions from "@opentelemetry/semantic-conventions";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createAcme, secret } from "../../test/acme.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { harness, paid, secret as webhookSecret } from "../../test/webhooks/harness.js";
import { tieredCache } from "../cache/index.js";
import type { ConnectorOptions } from "../client/options.js";
import { telemetry } from "../telemetry/index.js";
import { nodeTransport } from "../transport/node/node-transport.js";
import { signWebhook, stripe } from "../webhooks/index.js";
import { type OpenTelemetryOptions, openTelemetry } from "./index.js";

type Respond = Parameters<typeof stubFetch>[0];

beforeEach(() => {
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => api.context.disable());

function sdk() {
  const exported = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exported)] });
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metrics });
  const meterProvider = new MeterProvider({ readers: [reader] });
  onTestFinished(() => meterProvider.shutdown());
  const spans = () => exported.getFinishedSpans();
  const points = async () => {
    await reader.forceFlush();
    const [collected] = metrics.getMetrics().slice(-1);
    return (collected?.scopeMetrics ?? []).flatMap((scope) =>
      scope.metrics.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => ({
          name: descriptor.name,
          unit: descriptor.unit,
          attributes,
          value,
        })),
      ),
    );
  };
  return { tracerProvider, meterProvider, spans, points };
}

function setUp(respond?: Respond, options: ConnectorOptions = {}, own: OpenTelemetryOptions = {}) {
  const { fetch } = stubFetch(respond);
  const { tracerProvider, meterProvider, ...exported } = sdk();
  const observe = openTelemetry(api, { tracerProvider, meterProvider, ...own });
  const client = createAcme({ fetch, clock: instantClock(), random: () => 0, observe, ...options });
  return { client, observe, tracer: tracerProvider.getTracer("test"), tracerProvider, ...exported };
}

const parentOf = ({ parentSpanContext }: ReadableSpan) => parentSpanContext?.spanId;

test("a call is one INTERNAL span below the active one, with the stable names of the semantic conventions", async () => {
  const { client, tracer, spans } = setUp(() => Response.json({}, { headers: { "request-id": "req_1" } }));
  await tracer.startActiveSpan("request", async (span) => {
    await client.GET("/things/{id}", { params: { path: { id: "x" } } });
    span.end();
  });
  const [call, request] = spans();
  expect([spans().length, call?.name, call?.kind, call && parentOf(call)]).toEqual([
    2,
    "GET /things/{id}",
    api.SpanKind.INTERNAL,
    request?.spanContext().spanId,
  ]);
  expect(call?.attributes).toMatchObject({
    [conventions.ATTR_SERVER_ADDRESS]: "api.acme.test",
    [conventions.ATTR_SERVER_PORT]: 443,
    [conventions.ATTR_HTTP_RESPONSE_STATUS_CODE]: 200,
    "connectry.provider": "acme",
    "connectry.outcome": "success",
    "connectry.request_id": "req_1",
  });
  expect(call?.status.code).toBe(api.SpanStatusCode.UNSET);
  // The names that are not of the conventions are ours.
  const stable = new Set<unknown>(Object.values(conventions));
  const others = Object.keys(call?.attributes ?? {}).filter((name) => !stable.has(name));
  expect(others.filter((name) => !name.startsWith("connectry."))).toEqual([]);
});

test("a failure has its class as `error.type` and the status ERROR; an abort does not", async () => {
  const { client, spans } = setUp(() => Response.json({ error: { code: "gone" } }, { status: 404 }));
  await client.safe.GET("/things");
  await client.safe.GET("/things", { signal: AbortSignal.abort() }).catch(() => {});
  const [failed, aborted] = spans();
  expect(failed?.attributes).toMatchObject({
    [conventions.ATTR_ERROR_TYPE]: "NotFoundError",
    "connectry.error.code": "gone",
  });
  expect(failed?.status.code).toBe(api.SpanStatusCode.ERROR);
  expect([aborted?.status.code, aborted?.attributes["connectry.outcome"]]).toEqual([
    api.SpanStatusCode.UNSET,
    "aborted",
  ]);
});

describe("attempts", () => {
  const failTwice: Respond = (_, count) => Response.json({}, { status: count < 3 ? 503 : 200 });

  test("are events of the span of their call", async () => {
    const { client, spans } = setUp(failTwice);
    await client.GET("/things");
    expect(spans()).toHaveLength(1);
    const events = spans()[0]?.events.map(({ name, attributes }) => [
      name,
      attributes?.[conventions.ATTR_HTTP_REQUEST_RESEND_COUNT],
      attributes?.[conventions.ATTR_HTTP_RESPONSE_STATUS_CODE],
      attributes?.[conventions.ATTR_ERROR_TYPE],
    ]);
    expect(events).toEqual([
      ["connectry.attempt", undefined, 503, "503"],
      ["connectry.attempt", 1, 503, "503"],
      ["connectry.attempt", 2, 200, undefined],
    ]);
  });

  test("are CLIENT spans below that of their call, with a resend count, where the option says so", async () => {
    const { client, spans } = setUp(failTwice, {}, { attempts: "spans" });
    await client.GET("/things");
    const call = spans().find(({ kind }) => kind === api.SpanKind.INTERNAL);
    const attempts = spans().filter(({ kind }) => kind === api.SpanKind.CLIENT);
    expect(attempts.map((span) => [span.name, parentOf(span), span.status.code])).toEqual([
      ["GET /things", call?.spanContext().spanId, api.SpanStatusCode.ERROR],
      ["GET /things", call?.spanContext().spanId, api.SpanStatusCode.ERROR],
      ["GET /things", call?.spanContext().spanId, api.SpanStatusCode.UNSET],
    ]);
    expect(attempts.map(({ attributes }) => attributes)).toMatchObject([
      { [conventions.ATTR_HTTP_REQUEST_METHOD]: "GET", [conventions.ATTR_SERVER_PORT]: 443 },
      { [conventions.ATTR_HTTP_REQUEST_RESEND_COUNT]: 1 },
      { [conventions.ATTR_HTTP_REQUEST_RESEND_COUNT]: 2 },
    ]);
    expect(call?.events).toEqual([]);
  });
});

test("the parent holds over queues and retries, for calls that wait for each other", async () => {
  const clock = fakeClock();
  const respond: Respond = async (_, count) => {
    await clock.sleep(100);
    return Response.json({}, { status: count % 2 ? 503 : 200 });
  };
  const options = { clock, concurrency: 1, rateLimit: { limits: [{ bucket: "default", limit: 2, perMs: 1_000 }] } };
  const { client, spans, tracer } = setUp(respond, options, { attempts: "spans" });
  const requests = ["a", "b", "c"].map((name) =>
    tracer.startActiveSpan(name, async (span) => {
      await client.GET(`/things/${name}`.replace(/.$/, "{id}"), { params: { path: { id: name } } });
      span.end();
    }),
  );
  for (let step = 0; step < 200; step += 1) await clock.advance(50);
  await Promise.all(requests);
  const ids = new Map(spans().map((span) => [span.spanContext().spanId, span]));
  const calls = spans().filter(({ kind, name }) => kind === api.SpanKind.INTERNAL && name.startsWith("GET"));
  expect(calls.map((span) => ids.get(parentOf(span) ?? "")?.name).sort()).toEqual(["a", "b", "c"]);
  const attempts = spans().filter(({ kind }) => kind === api.SpanKind.CLIENT);
  expect(attempts).toHaveLength(6);
  for (const attempt of attempts) {
    const call = ids.get(parentOf(attempt) ?? "");
    expect([call?.kind, attempt.spanContext().traceId]).toEqual([api.SpanKind.INTERNAL, call?.spanContext().traceId]);
  }
});

describe("with an instrumentation of HTTP", () => {
  async function callOverHttp(attempts: "events" | "spans") {
    const { tracerProvider, meterProvider, spans } = sdk();
    const instrumentation = new HttpInstrumentation();
    instrumentation.setTracerProvider(tracerProvider);
    instrumentation.enable();
    onTestFinished(() => instrumentation.disable());
    // It changes the module when that is loaded for the first time after it, as in a program that starts with it.
    createRequire(import.meta.url)("node:http");
    let count = 0;
    const server = createServer((_, response) => {
      count += 1;
      response.writeHead(count === 1 ? 503 : 200, { "content-type": "application/json" }).end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    onTestFinished(() => void server.close());
    const baseUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
    const observe = openTelemetry(api, { tracerProvider, meterProvider, attempts });
    await createAcme({ baseUrl, observe, transport: nodeTransport, random: () => 0 }).GET("/things");
    const ofKind = (kind: api.SpanKind) => spans().filter((span) => span.kind === kind);
    await vi.waitFor(() => expect(ofKind(api.SpanKind.CLIENT)).toHaveLength(2));
    return { call: ofKind(api.SpanKind.INTERNAL)[0], sent: ofKind(api.SpanKind.CLIENT) };
  }

  test.each(["events", "spans"] as const)(
    "each attempt is one CLIENT span below that of its call, with %s",
    async (attempts) => {
      const { call, sent } = await callOverHttp(attempts);
      expect(sent.map(parentOf)).toEqual([call?.spanContext().spanId, call?.spanContext().spanId]);
      const isOurs = sent.map(({ instrumentationScope }) => instrumentationScope.name === "@connectry/core");
      expect(isOurs).toEqual([attempts === "spans", attempts === "spans"]);
    },
  );
});

test("a refresh in the background is a trace of its own, linked to the call that caused it", async () => {
  const clock = fakeClock();
  const { client, spans, tracer } = setUp(undefined, { clock, cache: tieredCache() });
  const cache = { ttlMs: 1_000, staleWhileRevalidateMs: 10_000 };
  await client.GET("/things", { cache });
  await clock.advance(2_000);
  await tracer.startActiveSpan("request", async (span) => {
    await client.GET("/things", { cache });
    span.end();
  });
  await clock.advance(1);
  const [, stale, , refresh] = spans();
  expect(stale?.attributes["connectry.cache.outcome"]).toBe("stale");
  expect(refresh && parentOf(refresh)).toBeUndefined();
  expect(refresh?.links).toHaveLength(1);
});

test("metrics are recorded beside the spans", async () => {
  const { client, observe, points } = setUp(undefined, { cache: tieredCache() });
  const cache = { ttlMs: 1_000 };
  for (let count = 0; count < 3; count += 1) await client.GET("/things", { cache });
  const { handler } = harness(stripe, { observe });
  await handler(await signWebhook(stripe, paid, { secret: webhookSecret }));
  const recorded = await points();
  const named = (name: string) => recorded.filter((point) => point.name === name);
  const labels = { "connectry.provider": "acme", "connectry.operation": "GET /things" };
  expect(named("connectry.client.call.duration")).toMatchObject([
    { unit: "s", attributes: { ...labels, "connectry.outcome": "success" }, value: { count: 3 } },
  ]);
  expect(named("connectry.client.queue.duration")).toMatchObject([
    { unit: "s", attributes: labels, value: { count: 3 } },
  ]);
  expect(named("connectry.client.attempts")).toMatchObject([{ attributes: labels, value: 1 }]);
  expect(named("connectry.data.age")).toMatchObject([{ attributes: labels, value: { count: 3 } }]);
  expect(
    named("connectry.cache.outcomes").map(({ attributes, value }) => [attributes["connectry.cache.outcome"], value]),
  ).toEqual([
    ["miss", 1],
    ["hit", 2],
  ]);
  expect(named("connectry.webhook.deliveries")).toMatchObject([
    { attributes: { "connectry.webhook.scheme": "stripe", "connectry.outcome": "processed" }, value: 1 },
  ]);
});

test("R63: the snapshot, the text for Prometheus, metrics and spans have the same numbers", async () => {
  const statuses = [200, 503, 200, 404, 500, 500, 500];
  const { tracerProvider, meterProvider, spans, points } = sdk();
  const metrics = telemetry();
  const { client } = setUp((_, count) => Response.json({}, { status: statuses[count - 1] ?? 200 }), {
    observe: [metrics, openTelemetry(api, { tracerProvider, meterProvider, attempts: "spans" })],
  });
  for (let count = 0; count < 4; count += 1) await client.safe.GET("/things");
  const snapshot = metrics.snapshot().connectors[0]!;
  expect(snapshot).toMatchObject({ calls: 4, successes: 2, attempts: 7 });

  const text = metrics.prometheus();
  const inText = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)$`, "gm"))].reduce((sum, [, n]) => sum + Number(n), 0);
  expect(inText("connectry_client_calls_total")).toBe(snapshot.calls);
  expect(inText("connectry_client_attempt_duration_seconds_count")).toBe(snapshot.attempts);

  const recorded = await points();
  const counted = (name: string) =>
    recorded
      .filter((point) => point.name === name)
      .reduce((sum, { value }) => sum + (typeof value === "number" ? value : (value as { count: number }).count), 0);
  expect(counted("connectry.client.call.duration")).toBe(snapshot.calls);
  expect(counted("connectry.client.attempts")).toBe(snapshot.attempts);

  const ofKind = (kind: api.SpanKind) => spans().filter((span) => span.kind === kind);
  expect(ofKind(api.SpanKind.INTERNAL)).toHaveLength(snapshot.calls);
  expect(ofKind(api.SpanKind.CLIENT)).toHaveLength(snapshot.attempts);
  const failed = ofKind(api.SpanKind.INTERNAL).filter(({ status }) => status.code === api.SpanStatusCode.ERROR);
  expect(failed).toHaveLength(snapshot.calls - snapshot.successes);
});

test("operations are bounded in metrics", async () => {
  const { client, points } = setUp(undefined, {}, { maxOperations: 2 });
  for (const path of ["/a", "/b", "/c", "/d"]) await client.request("GET", path);
  const names = (await points())
    .filter(({ name }) => name === "connectry.client.attempts")
    .map(({ attributes, value }) => [attributes["connectry.operation"], value]);
  expect(names).toEqual([
    ["GET /a", 1],
    ["GET /b", 1],
    ["other", 2],
  ]);
});

test("R44: neither spans nor metrics show the credential", async () => {
  const echo = { error: { message: secret, code: secret } };
  const { client, spans, points } = setUp((_, count) =>
    Response.json(echo, { status: count % 2 ? 400 : 200, headers: { "request-id": secret } }),
  );
  for (let count = 0; count < 2; count += 1) await client.safe.request("GET", `/hooks/${secret}`);
  const shown = spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  expect(shown).toHaveLength(2);
  expect(canaryScan(secret, [shown, await points()])).toEqual([]);
});

test("without an SDK nothing is recorded, and calls work", async () => {
  const { fetch, requests } = stubFetch();
  await createAcme({ fetch, observe: openTelemetry(api) }).GET("/things");
  expect(requests).toHaveLength(1);
});

test("options that are not valid are refused", () => {
  expect(() => openTelemetry(api, { attempts: "span" as never })).toThrow(
    'openTelemetry: attempts must be "events" or "spans", got span.',
  );
  expect(() => openTelemetry(api, { attempt: "spans" } as never)).toThrow(
    "openTelemetry: unknown option `attempt`: did you mean `attempts`",
  );
});
