import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { acmeProfile } from "../../test/acme.js";
import {
  acmeClient,
  createWidget,
  getWidget,
  listWidgets,
  newFile,
  readJson,
  widget,
} from "../../test/recording-client.js";
import { faultServer } from "../faults/fault-server.js";
import { recorder } from "./index.js";
import { recordBody, replayBody } from "./recorded-body.js";

beforeEach(() => {
  vi.stubEnv("CI", "");
  vi.stubEnv("CONNECTRY_RECORD", "");
});
afterEach(() => void vi.unstubAllEnvs());

const utf8 = (text: string) => new TextEncoder().encode(text);

test.each([
  ["JSON", "application/json", '{"a": [1, null, "\\u00e9"]}', { json: { a: [1, null, "é"] } }],
  ["JSON of a vendor", "application/vnd.api+json; charset=utf-8", "[]", { json: [] }],
  ["null", "application/json", "null", { json: null }],
  [
    "an id that a number would round",
    "application/json",
    '{"id":9007199254740993}',
    { text: '{"id":9007199254740993}' },
  ],
  ["many digits in a string", "application/json", '{"ts":"1531420618.000100"}', { json: { ts: "1531420618.000100" } }],
  ["invalid JSON", "application/json", '{"a', { text: '{"a' }],
  ["lines", "application/x-ndjson", '{"a":1}\n{"a":2}\n', { text: ['{"a":1}\n', '{"a":2}\n'] }],
  [
    "events",
    "text/event-stream",
    "data: 1\ndata: 2\n\nevent: end\n\n",
    { text: ["data: 1\ndata: 2\n\n", "event: end\n\n"] },
  ],
  ["nothing", "application/json", "", {}],
])("%s is readable in the file, and replayed with the same meaning", (...[, contentType, text, expected]) => {
  const recorded = recordBody(utf8(text), contentType);
  expect(recorded).toEqual(expected);
  const replayed = Buffer.concat(replayBody(recorded)).toString();
  if ("json" in expected) expect(JSON.parse(replayed)).toEqual(expected.json);
  else expect(replayed).toBe(text);
});

test("bytes that are not text are Base64, and replayed byte by byte", () => {
  const bytes = new Uint8Array([0, 255, 10, 137]);
  const recorded = recordBody(bytes, "image/png");
  expect(recorded).toEqual({ base64: "AP8KiQ==" });
  expect(replayBody(recorded)).toEqual([bytes]);
});

describe("a stream", () => {
  const events = ["event: a\ndata: 1\n\n", "event: b\ndata: 2\n\n", "event: c\ndata: 3\n\n"];
  const read = async (stream: ReadableStream<Uint8Array>, count = Number.POSITIVE_INFINITY) => {
    const chunks: string[] = [];
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk).toString());
      if (chunks.length === count) break;
    }
    return chunks;
  };
  // biome-ignore lint/suspicious/noExplicitAny: the contract's client has no types of streams
  const stream = async (client: any) => (await client.stream.GET("/widgets/{id}", widget("w_1"))).data;

  test("of events is recorded as it is read, and replayed event by event", async () => {
    const headers = { "content-type": "text/event-stream" };
    // In chunks that end within events.
    await using server = await faultServer([{ kind: "drip", chunkBytes: 7, everyMs: 1 }], {
      response: { body: events.join(""), headers },
    });
    const file = newFile();
    const tape = recorder({ file });
    const sent = await read(await stream(acmeClient({ baseUrl: server.url, transport: tape })));
    expect(sent.join("")).toBe(events.join(""));
    await tape.done();
    expect(readJson(file).recordings[0].responses[0].text).toEqual(events);
    const replayed = recorder({ file, mode: "replay" });
    expect(await read(await stream(acmeClient({ transport: replayed })))).toEqual(events);
    await replayed.done();
  });

  test("that its reader leaves is recorded as far as it was read, and its source is closed", async () => {
    let isCancelled = false;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(utf8("data: 1\n\n")),
        cancel: () => {
          isCancelled = true;
        },
      });
    const file = newFile();
    const tape = recorder({
      file,
      fetch: async () => new Response(endless(), { headers: { "content-type": "text/event-stream" } }),
    });
    await read(await stream(acmeClient({ transport: tape })), 2);
    await vi.waitFor(() => expect(isCancelled).toBe(true));
    await tape.done();
    expect(readJson(file).recordings[0].responses[0].text.length).toBeGreaterThanOrEqual(2);
  });

  test("whose connection is lost is recorded as far as it came, and is lost there again", async () => {
    await using server = await faultServer([{ kind: "reset", after: "half-body" }], {
      response: { body: events.join(""), headers: { "content-type": "text/event-stream" } },
    });
    const file = newFile();
    const received: string[] = [];
    const readAll = async (client: object) => {
      for await (const chunk of await stream(client)) received.push(Buffer.from(chunk).toString());
    };
    const tape = recorder({ file });
    await expect(readAll(acmeClient({ baseUrl: server.url, transport: tape }))).rejects.toThrow();
    await tape.done();
    const half = received.splice(0).join("");
    expect(half).not.toBe("");
    const [{ isCut, text }] = readJson(file).recordings[0].responses;
    expect([isCut, [text].flat().join("")]).toEqual([true, half]);
    const replayed = recorder({ file, mode: "replay" });
    await expect(readAll(acmeClient({ transport: replayed }))).rejects.toMatchObject({ name: "NetworkError" });
    expect(received.join("")).toBe(half);
    await replayed.done();
  });
});

describe("a request is recognized", () => {
  const sendTwice = async (body: () => unknown, profile = acmeProfile as typeof acmeProfile) => {
    const file = newFile();
    for (const mode of ["record", "replay"] as const) {
      const tape = recorder({ file, mode, fetch: async () => Response.json({}) });
      await acmeClient({ transport: tape }, profile).call(createWidget, { body: body() });
      await tape.done();
    }
    return readJson(file).recordings[0].request;
  };

  test("by the fields of its form", async () => {
    const profile = { ...acmeProfile, body: "form-brackets" } as unknown as typeof acmeProfile;
    const { form } = await sendTwice(() => ({ name: "Ada", address: { city: "Paris" } }), profile);
    expect(form).toEqual({ name: "Ada", "address[city]": "Paris" });
  });

  test("by the parts of its multipart body, whose boundary is another each time", async () => {
    const bytes = new Uint8Array([0, 255]);
    const profile = { ...acmeProfile, body: "multipart" } as unknown as typeof acmeProfile;
    const request = await sendTwice(() => ({ name: "Ada", file: new Blob([bytes], { type: "image/png" }) }), profile);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(request.parts).toEqual([
      { name: "name", text: "Ada" },
      { name: "file", fileName: "blob", contentType: "image/png", sha256 },
    ]);
  });

  test("without what differs from run to run, and with the headers that tell requests apart", async () => {
    const file = newFile();
    const options = { file, ignore: ["at", "id", "after"], matchHeaders: ["X-Acme-Account"] };
    const run = async (mode: "record" | "replay", round: string, account = "a_1") => {
      const tape = recorder({ ...options, mode, fetch: async () => Response.json({}) });
      const acme = acmeClient({ transport: tape, headers: { "x-acme-account": account } });
      await acme.call(createWidget, { body: { name: "Ada", log: [{ at: round }] } });
      await acme.call(getWidget, widget(round));
      const query = { limit: 1, after: round };
      await acme.call(listWidgets, { params: { path: {}, query, header: {}, cookie: {} } });
      await tape.done();
    };
    await run("record", "one");
    await run("replay", "two");
    expect(readJson(file).recordings[2].request).toMatchObject({
      url: "https://api.acme.test/v2/widgets/{id}",
      headers: { "x-acme-account": "a_1" },
    });
    await expect(run("replay", "two", "a_2")).rejects.toThrow('headers.x-acme-account: recorded "a_1", sent "a_2"');
  });
});

test("a Retry-After with a date is recorded as the time that was left", async () => {
  const file = newFile();
  const nowMs = Date.parse("2026-11-28T12:00:00Z");
  const headers = { date: new Date(nowMs).toUTCString(), "retry-after": new Date(nowMs + 9_000).toUTCString() };
  const responses = [Response.json({}, { status: 503, headers }), Response.json({})];
  const tape = recorder({ file, fetch: async () => responses.shift()! });
  await acmeClient({ transport: tape }).call(getWidget, widget("w_1"));
  await tape.done();
  expect(readJson(file).recordings[0].responses[0].headers).toEqual({
    "content-type": "application/json",
    "retry-after": "9",
  });
});
