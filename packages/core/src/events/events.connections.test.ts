import { fakeClock } from "@connectry/testing";
import { describe, expect, test, vi } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { collect, eventServer, type ServeEvents, sse } from "../../test/event-server.js";
import { fetchTransport } from "../transport/fetch-transport.js";
import { nodeTransport } from "../transport/node/node-transport.js";
import { undiciTransport } from "../undici/undici-transport.js";
import { events } from "./index.js";

test("until the response arrives it is retried as any call", async () => {
  const clock = fakeClock();
  const { url, requests } = await eventServer((response, _, count) => {
    if (count === 1) response.writeHead(503, { "content-type": "application/json" }).end("{}");
    else response.end(sse(1));
  });
  const stream = collect(events(createAcme({ baseUrl: url, clock })).GET("/runs"));
  await vi.waitFor(async () => {
    await clock.advance(1_000);
    expect(requests).toHaveLength(2);
  });
  expect((await stream).seen).toEqual([1]);
});

describe.each([
  ["fetch", fetchTransport(undefined)],
  ["node:http", nodeTransport],
  ["undici", undiciTransport()],
])("over %s", (_, transport) => {
  test("each event is received before the next one is sent, and leaving closes the connection", async () => {
    let next = () => {};
    const closed = vi.fn();
    const { url } = await eventServer((response) => {
      let sent = 0;
      response.on("close", closed);
      next = () => {
        sent += 1;
        response.write(sse(sent));
      };
      next();
    });
    const seen: unknown[] = [];
    for await (const one of events(createAcme({ baseUrl: url, transport })).GET("/runs")) {
      seen.push(one);
      if (seen.length === 3) break;
      next();
    }
    expect(seen).toEqual([1, 2, 3]);
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
  });

  test("an abort throws its reason and closes the connection", async () => {
    const closed = vi.fn();
    const { url } = await eventServer((response) => {
      response.on("close", closed);
      response.write(sse(1));
    });
    const controller = new AbortController();
    const reason = new Error("enough");
    const stream = events(createAcme({ baseUrl: url, transport })).GET("/runs", { signal: controller.signal });
    const iterator = stream[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toBe(1);
    const second = rejection(iterator.next());
    controller.abort(reason);
    expect(await second).toBe(reason);
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
  });

  test("R64: a connection that is lost is a NetworkError with what arrived", async () => {
    const { url } = await eventServer((response) =>
      response.write(`id: 3\n${sse(1)}data: {`, () => response.destroy()),
    );
    const acme = createAcme({ baseUrl: url, transport, maxAttempts: 1 });
    const { seen, error } = await collect(events(acme).request("POST", "/runs", { body: {} }));
    expect(seen).toEqual([1]);
    expect(error).toMatchObject({ name: "NetworkError", received: 1, lastEventId: "3", outcome: "applied" });
  });
});

describe("R64: a GET whose connection is lost", () => {
  const cutOnce =
    (retry: string): ServeEvents =>
    (response, request, count) => {
      if (count === 1) response.write(`${retry}id: 1\n${sse("a")}id: 2\n${sse("b")}`, () => response.destroy());
      else response.end(`id: 3\n${sse(`after ${request.headers["last-event-id"]}`)}`);
    };

  test("is sent again after the wait that the provider asked for, and continues after the last id", async () => {
    const clock = fakeClock();
    const { url, requests } = await eventServer(cutOnce("retry: 250\n"));
    const stream = collect(events(createAcme({ baseUrl: url, clock })).GET("/runs"));
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    await vi.waitFor(async () => {
      await clock.advance(250);
      expect(requests).toHaveLength(2);
    });
    expect(await stream).toEqual({ seen: ["a", "b", "after 2"] });
  });

  test("is not sent again before an event had an id, nor is a write, nor where it is not wanted", async () => {
    const lose =
      (text: string): ServeEvents =>
      (response) =>
        response.write(text, () => response.destroy());
    for (const [method, text, init] of [
      ["GET", sse(1), {}],
      ["POST", `id: 1\n${sse(1)}`, { body: {} }],
      ["GET", `id: 1\n${sse(1)}`, { maxReconnects: 0 }],
    ] as const) {
      const { url, requests } = await eventServer(lose(text));
      const { seen, error } = await collect(
        events(createAcme({ baseUrl: url, maxAttempts: 1 })).request(method, "/runs", init),
      );
      expect(seen).toEqual([1]);
      expect(error).toMatchObject({ name: "NetworkError", received: 1 });
      expect(requests).toHaveLength(1);
    }
  });

  test("gives up after so many in a row without an event", async () => {
    const clock = fakeClock();
    const { url, requests } = await eventServer((response, _, count) => {
      response.write(count === 1 ? `id: 1\n${sse(1)}` : ": none\n", () => response.destroy());
    });
    const stream = collect(events(createAcme({ baseUrl: url, clock })).GET("/runs", { maxReconnects: 2 }));
    await vi.waitFor(async () => {
      await clock.advance(10_000);
      expect(requests).toHaveLength(3);
    });
    expect((await stream).error).toMatchObject({ name: "NetworkError", received: 1, lastEventId: "1" });
  });

  test("continues from an id of an earlier process", async () => {
    const { url, requests } = await eventServer((response) => response.end(sse(1)));
    await collect(events(createAcme({ baseUrl: url })).GET("/runs", { lastEventId: "41" }));
    expect(requests[0]?.headers["last-event-id"]).toBe("41");
  });
});
