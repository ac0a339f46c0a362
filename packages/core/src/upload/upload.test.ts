import { createReadStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { listen } from "../../test/listen.js";
import { serve } from "../../test/serve.js";
import { content, digest, expectClosed, fileBody, fileOf } from "../../test/uploaded-file.js";
import { CallError, type UploadProgress } from "../index.js";
import { reopenable } from "./reopenable.js";

describe("a body that can be opened again", () => {
  test.each([[300_000], [undefined]])("R7: is sent with the same bytes by each attempt, with size %s", async (size) => {
    const server = await serve([
      { kind: "response", status: 503 },
      { kind: "reset", after: "request" },
    ]);
    const { body, opened } = fileBody(fileOf(content), { size, type: "image/png" });
    await createAcme({ baseUrl: server.url, random: () => 0 }).POST("/things", { body });
    expect(server.requests.map(({ bytes }) => digest(bytes))).toEqual(Array(3).fill(digest(content)));
    for (const { headers } of server.requests) {
      expect(headers["content-length"]).toBe(size?.toString());
      expect(headers["transfer-encoding"]).toBe(size === undefined ? "chunked" : undefined);
      expect(headers["content-type"]).toBe("image/png");
    }
    expect(opened).toHaveLength(3);
    await expectClosed(opened);
  });

  test.each([
    ["a web stream", () => new Blob([content]).stream()],
    ["a promise of a stream", async () => Readable.from([content])],
    [
      "a generator of bytes and text",
      async function* () {
        yield content.subarray(0, 299_999);
        yield new Uint8Array();
        yield String.fromCharCode(content.at(-1)!);
      },
    ],
  ])("may be %s", async (_, open) => {
    const server = await serve();
    await createAcme({ baseUrl: server.url }).POST("/things", { body: reopenable(open, { size: 300_000 }) });
    expect(server.requests.map(({ bytes }) => digest(bytes))).toEqual([digest(content)]);
  });

  test("may be empty", async () => {
    const server = await serve();
    await createAcme({ baseUrl: server.url }).POST("/things", {
      body: reopenable(() => Readable.from([]), { size: 0 }),
    });
    expect(server.requests[0]?.headers["content-length"]).toBe("0");
  });

  test("R41: is sent again after a 307, and not after a 303", async () => {
    for (const [status, expected] of [
      [307, [300_000, 300_000]],
      [303, [300_000, 0]],
    ] as const) {
      const server = await serve([{ kind: "response", status, headers: { location: "/things/1" } }]);
      const { body, opened } = fileBody(fileOf(content), { size: 300_000 });
      await createAcme({ baseUrl: server.url }).POST("/things", { body });
      expect(server.requests.map(({ bytes }) => bytes.length)).toEqual(expected);
      await expectClosed(opened);
    }
  });

  test.each([
    ["longer by a byte", 299_999, "it has more than the 299999 bytes of its `size`"],
    ["shorter by a byte", 300_001, "it has 300000 bytes, and not the 300001 of its `size`"],
    ["not empty", 0, "it has more than the 0 bytes of its `size`"],
  ])("is an error where the file is %s, and its request is never complete", async (_, size, reason) => {
    const requests: IncomingMessage[] = [];
    const baseUrl = await listen((request) => requests.push(request.resume()));
    const { body, opened } = fileBody(fileOf(content), { size });
    const error = await rejection(createAcme({ baseUrl, random: () => 0 }).PATCH("/things", { body }));
    expect(error).toBeInstanceOf(CallError);
    expect(error).toMatchObject({ outcome: "not-applied", name: "CallError" });
    expect(error.message).toBe(`PATCH /things: the request body could not be sent: ${reason}.`);
    expect(opened).toHaveLength(1);
    await expectClosed(opened);
    await expect.poll(() => requests.every(({ destroyed }) => destroyed)).toBe(true);
    expect(requests.filter(({ complete }) => complete)).toEqual([]);
  });

  test("is an error where its last chunk is followed by another, and the server never has as many bytes as it was promised", async () => {
    let received = 0;
    const baseUrl = await listen((request) => {
      request.on("data", (chunk) => {
        received += chunk.length;
      });
    });
    const body = reopenable(() => Readable.from([content, Buffer.from("!")]), { size: content.length });
    const error = await rejection(createAcme({ baseUrl }).POST("/things", { body }));
    expect(error.message).toMatch(/more than the 300000 bytes/);
    expect(received).toBeLessThan(content.length);
  });

  test.each([
    ["a file that does not exist", () => createReadStream("/nonexistent/file"), /ENOENT/],
    [
      "a function that throws",
      () => {
        throw new Error("no such object");
      },
      /no such object/,
    ],
    ["a chunk of another type", () => Readable.from([{ a: 1 }]), /consists of bytes, and not of a object/],
  ])("is an error with its reason where it is %s, and is not sent again", async (_, open, reason) => {
    const baseUrl = await listen((request, response) => void request.on("end", () => response.end("{}")).resume());
    let opens = 0;
    const counted = () => {
      opens += 1;
      return open();
    };
    const body = reopenable(counted, { size: 10 });
    const error = await rejection(createAcme({ baseUrl, random: () => 0 }).POST("/things", { body }));
    expect(error).toMatchObject({ name: "CallError", outcome: "not-applied" });
    expect(error.message).toMatch(/^POST \/things: the request body could not be sent: /);
    expect(error.message).toMatch(reason);
    expect(opens).toBe(1);
  });

  describe("is closed", () => {
    const endless = () => {
      const opened: Readable[] = [];
      const open = () => {
        const stream = Readable.from(
          (async function* () {
            for (;;) yield Buffer.alloc(65_536);
          })(),
        );
        opened.push(stream);
        return stream;
      };
      return { opened, body: reopenable(open) };
    };

    test("where the provider rejects it before it is sent", async () => {
      const baseUrl = await listen((_, response) => void response.writeHead(413, { connection: "close" }).end("{}"));
      const { body, opened } = endless();
      const acme = createAcme({ baseUrl, maxAttempts: 1 });
      for (let call = 0; call < 20; call += 1) await rejection(acme.POST("/things", { body }));
      expect(opened.length).toBeGreaterThan(0);
      await expectClosed(opened);
    });

    test("where the call is aborted, or its attempt times out", async () => {
      const baseUrl = await listen((request) => request.resume());
      const { body, opened } = endless();
      const acme = createAcme({ baseUrl });
      const controller = new AbortController();
      const aborted = rejection(acme.POST("/things", { body, signal: controller.signal }));
      await expect.poll(() => opened.length).toBe(1);
      controller.abort(new Error("enough"));
      expect((await aborted).message).toBe("enough");
      await rejection(acme.POST("/things", { body, attemptTimeoutMs: 100, maxAttempts: 1 }));
      expect(opened).toHaveLength(2);
      await expectClosed(opened);
    });

    test("where it waits for its source when the call is aborted", async () => {
      const baseUrl = await listen((request) => request.resume());
      const hanging = new Readable({ read() {} });
      const controller = new AbortController();
      const call = rejection(
        createAcme({ baseUrl }).POST("/things", { body: reopenable(() => hanging), signal: controller.signal }),
      );
      await expect.poll(() => hanging.listenerCount("readable")).toBeGreaterThan(0);
      controller.abort();
      await call;
      await expectClosed([hanging]);
    });

    test("where no connection can be established", async () => {
      const { body, opened } = endless();
      const closed = await serve();
      await closed.close();
      const acme = createAcme({ baseUrl: closed.url, random: () => 0 });
      expect(await rejection(acme.POST("/things", { body }))).toMatchObject({ name: "NetworkError", maybeSent: false });
      await expectClosed(opened);
    });
  });

  test("is rejected aloud where its bytes would be lost: in JSON, in a FormData, with a wrong size", async () => {
    const body = reopenable(() => Readable.from([content]));
    const acme = createAcme({ baseUrl: "http://127.0.0.1:9" });
    expect((await rejection(acme.POST("/things", { body: { file: body } }))).message).toMatch(
      /a reopenable body has no text/,
    );
    expect(() => new FormData().append("file", body as never)).toThrow(/a reopenable body has no text/);
    for (const size of [-1, 1.5, NaN, "10" as never])
      expect(() => reopenable(() => content as never, { size })).toThrow(/size must be/);
  });
});

describe("a stream that exists once", () => {
  test("is closed where its call ends before it is read", async () => {
    const policies = {
      perAttempt: [
        {
          name: "refuse",
          send: () => Promise.reject(new Error("refused")),
        },
      ],
    };
    const streams = Array.from({ length: 50 }, () => createReadStream(import.meta.filename));
    const acme = createAcme({ policies });
    for (const body of streams) await rejection(acme.POST("/things", { body }));
    const closed = await serve();
    await closed.close();
    const unreachable = createAcme({ baseUrl: closed.url, random: () => 0 });
    streams.push(createReadStream(import.meta.filename));
    await rejection(unreachable.POST("/things", { body: streams.at(-1) }));
    await expectClosed(streams);
  });

  test("may consist of text", async () => {
    const server = await serve();
    await createAcme({ baseUrl: server.url }).POST("/things", { body: Readable.from(["ä", "b"]) });
    expect(Buffer.from(server.requests[0]!.bytes).toString()).toBe("äb");
  });

  test("is an error with its reason where it fails, and the write was not applied", async () => {
    const baseUrl = await listen((request) => request.resume());
    const body = Readable.from(
      (async function* () {
        yield Buffer.from("a");
        throw Object.assign(new Error("read failed"), { code: "EIO" });
      })(),
    );
    const error = await rejection(createAcme({ baseUrl }).PATCH("/things", { body }));
    expect(error).toMatchObject({ name: "CallError", outcome: "not-applied" });
    expect(error.message).toBe("PATCH /things: the request body could not be sent: read failed.");
  });
});

describe("progress", () => {
  const large = "ä".repeat(100_000);
  test.each<[string, unknown, number | undefined]>([
    ["JSON", { large }, 200_012],
    ["bytes", new Uint8Array(200_000), 200_000],
    ["a large Blob", new Blob([new Uint8Array(2_000_000)]), 2_000_000],
    ["a body that can be opened again", reopenable(() => Readable.from([content]), { size: 300_000 }), 300_000],
    ["one of unknown size", reopenable(() => Readable.from([content])), undefined],
    ["a stream", new Blob([content]).stream(), undefined],
  ])("of %s ends at its length", async (_, body, totalBytes) => {
    const server = await serve();
    const seen: UploadProgress[] = [];
    await createAcme({ baseUrl: server.url }).POST("/things", { body, onUploadProgress: (at) => seen.push(at) });
    const sent = seen.map(({ sentBytes }) => sentBytes);
    const length = server.requests[0]?.bytes.length;
    expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
    expect(seen.at(-1)).toEqual({ sentBytes: length, totalBytes, attempt: 1 });
    expect(length).toBe(totalBytes ?? 300_000);
    expect(server.requests[0]?.headers["content-length"]).toBe(totalBytes?.toString());
    if (totalBytes && totalBytes < 300_000) expect(sent).toEqual([65_536, 131_072, 196_608, totalBytes]);
  });

  test("begins anew with each attempt", async () => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const seen: UploadProgress[] = [];
    const acme = createAcme({ baseUrl: server.url, random: () => 0 });
    await acme.POST("/things", { body: "x".repeat(98), onUploadProgress: (at) => seen.push(at) });
    expect(seen).toEqual([1, 2].map((attempt) => ({ sentBytes: 100, totalBytes: 100, attempt })));
  });

  test("fails the call with what its callback throws", async () => {
    const baseUrl = await listen((request) => request.resume());
    const onUploadProgress = () => {
      throw new Error("my own mistake");
    };
    const error = await rejection(
      createAcme({ baseUrl }).POST("/things", { body: new Uint8Array(200_000), onUploadProgress }),
    );
    expect(error.message).toBe("POST /things: the request body could not be sent: my own mistake.");
  });
});
