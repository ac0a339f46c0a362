import diagnostics from "node:diagnostics_channel";
import type http from "node:http";
import { createRequire } from "node:module";
import { SpanKind } from "@opentelemetry/api";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { HttpResponse, http as msw } from "msw";
import { setupServer } from "msw/node";
import {
  Agent,
  type Dispatcher,
  getGlobalDispatcher,
  interceptors,
  MockAgent,
  Pool,
  setGlobalDispatcher,
} from "undici";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { serveWith } from "../../../test/serve.js";

let sentBy: ("node:http" | "fetch")[] = [];
const seen = { "http.client.request.start": "node:http", "undici:request:create": "fetch" } as const;
const subscribers = Object.entries(seen).map(([channel, name]) => ({ channel, note: () => void sentBy.push(name) }));

beforeEach(() => {
  sentBy = [];
  for (const { channel, note } of subscribers) diagnostics.subscribe(channel, note);
});
afterEach(() => {
  for (const { channel, note } of subscribers) diagnostics.unsubscribe(channel, note);
});

/** Reads once with a client whose options name no transport. */
async function read(baseUrl: string): Promise<unknown> {
  return (await createAcme({ baseUrl, transport: undefined, maxAttempts: 1 }).GET("/things")).data;
}

const mocked = { mocked: true };
const unreachable = "https://api.acme.test";
const serveTruth = () => serveWith(() => ({ body: { mocked: false } }));

test("the default on Node is node:http", async () => {
  expect(await read((await serveTruth()).url)).toEqual({ mocked: false });
  expect(sentBy).toEqual(["node:http"]);
});

test("it stays node:http where the program has used fetch, or loaded undici", async () => {
  const { url } = await serveTruth();
  await (await fetch(url)).text();
  expect(getGlobalDispatcher().constructor.name).toBe("Agent");
  sentBy = [];
  await read(url);
  expect(sentBy).toEqual(["node:http"]);
});

test("calls in turn share one connection", async () => {
  const { url } = await serveTruth();
  const connections = new Set<number | undefined>();
  const note = (message: unknown) =>
    connections.add((message as { response: http.IncomingMessage }).response.socket.localPort);
  diagnostics.subscribe("http.client.response.finish", note);
  onTestFinished(() => void diagnostics.unsubscribe("http.client.response.finish", note));
  for (let i = 0; i < 5; i += 1) await read(url);
  expect([...connections]).toEqual([expect.any(Number)]);
});

describe("what the program put in place of fetch sees every call", () => {
  test("the option fetch", async () => {
    const fetch = vi.fn(async () => Response.json(mocked));
    expect((await createAcme({ fetch }).GET("/things")).data).toEqual(mocked);
    expect(sentBy).toEqual([]);
  });

  test("a replaced globalThis.fetch, also of a client that exists, and no longer than it is replaced", async () => {
    const acme = createAcme({ baseUrl: (await serveTruth()).url, transport: undefined });
    vi.stubGlobal("fetch", async () => Response.json(mocked));
    onTestFinished(() => void vi.unstubAllGlobals());
    expect((await acme.GET("/things")).data).toEqual(mocked);
    vi.unstubAllGlobals();
    expect((await acme.GET("/things")).data).toEqual({ mocked: false });
    expect(sentBy).toEqual(["node:http"]);
  });

  test("MSW", async () => {
    const server = setupServer(msw.get(`${unreachable}/things`, () => HttpResponse.json(mocked)));
    server.listen({ onUnhandledRequest: "error" });
    onTestFinished(() => server.close());
    expect(await read(unreachable)).toEqual(mocked);
  });

  test("nock", async () => {
    // It intercepts from its import on.
    const { default: nock } = await import("nock");
    nock(unreachable).get("/things").reply(200, mocked);
    onTestFinished(() => nock.restore());
    expect(await read(unreachable)).toEqual(mocked);
  });
});

describe("the dispatcher of undici's setGlobalDispatcher sees every call", () => {
  const set = (dispatcher: Dispatcher) => {
    const before = getGlobalDispatcher();
    setGlobalDispatcher(dispatcher);
    onTestFinished(() => setGlobalDispatcher(before));
  };

  test("a MockAgent", async () => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    const reply = { headers: { "content-type": "application/json" } };
    agent.get(unreachable).intercept({ path: "/things", method: "GET" }).reply(200, mocked, reply);
    set(agent);
    expect(await read(unreachable)).toEqual(mocked);
  });

  test.each([
    ["an Agent with options", () => new Agent({ connections: 2 })],
    ["an Agent with a connector of its own", () => new Agent({ connect: { timeout: 1_000 } })],
    ["an Agent with a factory", () => new Agent({ factory: (origin, options) => new Pool(origin, options) })],
    ["an Agent with an interceptor", () => new Agent().compose(interceptors.retry())],
    ["a subclass of Agent", () => new (class Proxied extends Agent {})()],
  ])("%s", async (_, create) => {
    set(create());
    await read((await serveTruth()).url);
    expect(sentBy).toEqual(["fetch"]);
  });
});

test("OpenTelemetry's instrumentation of HTTP sees every call", async () => {
  const spans = new InMemorySpanExporter();
  const instrumentation = new HttpInstrumentation();
  instrumentation.setTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  instrumentation.enable();
  // It changes the module when that is loaded for the first time after it, as in a program that starts with it.
  createRequire(import.meta.url)("node:http");
  onTestFinished(() => instrumentation.disable());
  const { url } = await serveTruth();
  await read(url);
  const sent = () => spans.getFinishedSpans().filter(({ kind }) => kind === SpanKind.CLIENT);
  await vi.waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]).toMatchObject({ name: "GET", attributes: { "url.full": `${url}/things` } });
});
