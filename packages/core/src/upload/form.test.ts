import { openAsBlob, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { listen } from "../../test/listen.js";
import { serve } from "../../test/serve.js";
import { content, digest, expectClosed, fileBody, fileOf } from "../../test/uploaded-file.js";
import { toFetch } from "../index.js";
import { reopenable } from "./reopenable.js";

describe("a form", () => {
  const arrived = ({ bytes, headers }: { bytes: Uint8Array<ArrayBuffer>; headers: Record<string, unknown> }) =>
    new Response(bytes, { headers: { "content-type": `${headers["content-type"]}` } }).formData();

  test("R7: with files that can be opened again is sent with the same bytes by each attempt", async () => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const { body: file, opened } = fileBody(fileOf(content), { size: 300_000, name: 'a "b".bin', type: "image/png" });
    const plain = reopenable(() => Readable.from(["text"]), { size: 4 });
    const acme = createAcme({ baseUrl: server.url, random: () => 0 }, { body: "multipart" });
    await acme.POST("/things", { body: { purpose: "x", file, plain: [plain, new Blob(["b"])] } });
    const [first, second] = server.requests;
    expect(digest(first!.bytes)).toBe(digest(second!.bytes));
    expect(first?.headers["content-length"]).toBe(`${first?.bytes.length}`);
    const form = await arrived(first as never);
    expect([...form.keys()]).toEqual(["purpose", "file", "plain", "plain"]);
    const sent = form.get("file") as File;
    expect([sent.name, sent.type]).toEqual(['a "b".bin', "image/png"]);
    expect(digest(new Uint8Array(await sent.arrayBuffer()))).toBe(digest(content));
    expect((form.getAll("plain") as File[]).map(({ name, size }) => [name, size])).toEqual([
      ["plain", 4],
      ["blob", 1],
    ]);
    await expectClosed(opened);
  });

  test("names the file whose size has changed, and is never complete", async () => {
    const requests: IncomingMessage[] = [];
    const baseUrl = await listen((request) => requests.push(request.resume()));
    const { body: file } = fileBody(fileOf(content), { size: 299_999, name: "photo.png" });
    const error = await rejection(createAcme({ baseUrl }, { body: "multipart" }).POST("/things", { body: { file } }));
    expect(error.message).toMatch(/: "photo.png" has more than the 299999 bytes of its `size`\.$/);
    expect(requests.filter(({ complete }) => complete)).toEqual([]);
  });

  test("with a large Blob, also one of a file, is sent with the same bytes by each attempt, with its length", async () => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const data = new FormData();
    const large = Buffer.alloc(1_500_000, 7);
    data.append("memory", new Blob([large], { type: "image/png" }), "a.png");
    data.append("file", await openAsBlob(fileOf(large)));
    await createAcme({ baseUrl: server.url, random: () => 0 }).POST("/things", { body: data });
    const [first, second] = server.requests;
    expect(first?.headers["content-length"]).toBe(`${first?.bytes.length}`);
    expect(digest(first!.bytes)).toBe(digest(second!.bytes));
    const form = await arrived(first as never);
    expect((form.getAll("memory") as File[]).map(({ name, type, size }) => [name, type, size])).toEqual([
      ["a.png", "image/png", 1_500_000],
    ]);
    expect((form.get("file") as File).size).toBe(1_500_000);
  });

  test("that toFetch sends has its length, and the same bytes on each attempt", async () => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const fetch = toFetch(createAcme({ baseUrl: server.url, random: () => 0 }), { maxAttempts: 2 });
    const body = new FormData();
    body.append("file", new Blob([Buffer.alloc(1_500_000, 7)]), "a.bin");
    await fetch(`${server.url}/things`, { method: "PUT", body });
    const [first, second] = server.requests;
    expect(first?.headers["content-length"]).toBe(`${first?.bytes.length}`);
    expect(digest(first!.bytes)).toBe(digest(second!.bytes));
    expect(((await arrived(first as never)).get("file") as File).size).toBe(1_500_000);
    await expect(fetch(`${server.url}/things`, { body })).rejects.toThrow(TypeError);
  });

  test.each([10, 1_500_000])("with a Blob of a file of %i bytes that was changed since is an error", async (size) => {
    const baseUrl = await listen((request) => request.resume());
    const path = fileOf(Buffer.alloc(size));
    const body = await openAsBlob(path);
    writeFileSync(path, Buffer.alloc(size + 1));
    const error = await rejection(createAcme({ baseUrl }).POST("/things", { body }));
    expect(error.message).toMatch(/^POST \/things: the request body could not be sent: /);
  });
});
