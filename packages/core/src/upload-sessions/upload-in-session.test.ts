import { createHash, randomBytes } from "node:crypto";
import { instantClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { boxServer, googleServer } from "../../test/upload-servers.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { boxUploads, googleUploads, type UploadOptions, uploadInSession } from "./index.js";

const kib = 1_024;
const chunkBytes = 256 * kib;
const content = randomBytes(900 * kib);
const file = new Blob([content]);

/** A file that counts what is read of it. */
function countedFile(bytes = content) {
  const opened: (readonly [number, number])[] = [];
  const open = (start: number, end: number) => {
    opened.push([start, end]);
    return new Blob([bytes]).slice(start, end).stream();
  };
  return { opened, size: bytes.length, open };
}

type Server = Awaited<ReturnType<typeof googleServer>>;

function setUp({ url }: Server, facts: UploadOptions["facts"], more: Partial<UploadOptions> = {}) {
  const clock = instantClock();
  const acme = createAcme({ baseUrl: url, clock, random: () => 0 });
  const sessions: string[] = [];
  const progress: number[] = [];
  const options: UploadOptions = {
    facts,
    file,
    start: (init) => acme.request("POST", "/files/upload_sessions", { ...init, body: { size: file.size } }),
    onSession: (session) => sessions.push(session),
    onProgress: ({ sentBytes }) => progress.push(sentBytes),
    ...(facts.kind === "offset" && { chunkBytes }),
    ...more,
  };
  return { acme, options, clock, sessions, progress };
}

const ranges = ({ requests }: Server) => requests.flatMap(({ range }) => range ?? []);

const chunks = (server: Server) => ranges(server).filter((range) => !range.includes("*"));

describe("a resumable upload of Google", () => {
  test("sends the file in chunks to the address of the session, with the credential, and returns the last response", async () => {
    const server = await googleServer();
    const { acme, options, sessions, progress } = setUp(server, googleUploads);
    const { data, session } = await uploadInSession(acme, options);
    expect(data).toEqual({ id: "file-1", size: content.length });
    expect(server.received.equals(content)).toBe(true);
    expect(sessions).toEqual([session]);
    expect(ranges(server)).toEqual([
      "bytes 0-262143/921600",
      "bytes 262144-524287/921600",
      "bytes 524288-786431/921600",
      "bytes 786432-921599/921600",
    ]);
    expect(progress).toEqual([262_144, 524_288, 786_432, 921_600]);
    expect(new Set(server.requests.map(({ authorization }) => authorization)).size).toBe(1);
  });

  test("continues after a cut with the byte that the session says, not with the chunk", async () => {
    const server = await googleServer();
    server.mishaps.push(undefined, { cutAfter: 65_536 });
    const { acme, options } = setUp(server, googleUploads);
    await uploadInSession(acme, options);
    expect(server.received.equals(content)).toBe(true);
    expect(ranges(server)).toEqual([
      "bytes 0-262143/921600",
      "bytes 262144-524287/921600",
      "bytes */921600",
      `bytes ${262_144 + 65_536}-${262_144 + 65_536 + chunkBytes - 1}/921600`,
      `bytes ${262_144 + 65_536 + chunkBytes}-${262_144 + 65_536 + 2 * chunkBytes - 1}/921600`,
      expect.stringMatching(/-921599\/921600$/),
    ]);
  });

  test("is not sent twice where the response to its last chunk was lost: the session has its result", async () => {
    const server = await googleServer();
    server.mishaps.push(undefined, undefined, undefined, { lost: true });
    const { acme, options } = setUp(server, googleUploads);
    expect((await uploadInSession(acme, options)).data).toEqual({ id: "file-1", size: content.length });
    expect(ranges(server).at(-1)).toBe("bytes */921600");
  });

  test("is asked, without a range, where it says that it has all bytes and has not ended", async () => {
    const server = await googleServer();
    const says = { status: 308, headers: { range: `bytes=0-${content.length - 1}` } };
    server.mishaps.push(undefined, undefined, undefined, says);
    const { acme, options } = setUp(server, googleUploads);
    await uploadInSession(acme, options);
    expect(ranges(server).slice(3)).toEqual([
      "bytes 786432-921599/921600",
      "bytes */921600",
      "bytes 786432-921599/921600",
    ]);
    expect(server.received.equals(content)).toBe(true);
  });

  test("waits as long as Retry-After asks, and then asks how far it has come", async () => {
    const server = await googleServer();
    server.mishaps.push({ status: 503, headers: { "retry-after": "7" } });
    const { acme, options, clock } = setUp(server, googleUploads);
    await uploadInSession(acme, options);
    expect(clock.waits[0]).toBeGreaterThanOrEqual(7_000);
    expect(ranges(server).slice(0, 3)).toEqual(["bytes 0-262143/921600", "bytes */921600", "bytes 0-262143/921600"]);
  });

  test("ends where it fails `maxAttempts` times without progress, and fails at once where the provider rejects it", async () => {
    const server = await googleServer();
    server.mishaps.push(...Array.from({ length: 9 }, () => ({ status: 500 })));
    const { acme, options } = setUp(server, googleUploads, { maxAttempts: 3 });
    expect(await rejection(uploadInSession(acme, options))).toMatchObject({ name: "InternalServerError" });
    expect(chunks(server)).toHaveLength(3);
    const other = await googleServer();
    other.mishaps.push({ status: 403 });
    const rejected = setUp(other, googleUploads);
    expect(await rejection(uploadInSession(rejected.acme, rejected.options))).toMatchObject({ status: 403 });
    expect(chunks(other)).toHaveLength(1);
  });

  test("of another process is continued: it asks first, and does not start", async () => {
    const server = await googleServer();
    server.mishaps.push(undefined, undefined, { status: 403 });
    const first = setUp(server, googleUploads);
    await rejection(uploadInSession(first.acme, first.options));
    const source = countedFile();
    const second = setUp(server, googleUploads, { session: first.sessions[0], file: source });
    await uploadInSession(second.acme, second.options);
    expect(server.received.equals(content)).toBe(true);
    expect(second.sessions).toEqual([]);
    expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(source.opened[0]).toEqual([524_288, 786_432]);
  });

  test("that has expired is a NotFoundError", async () => {
    const server = await googleServer();
    const { acme, options } = setUp(server, googleUploads, { session: `${server.url}/upload?upload_id=old` });
    expect(await rejection(uploadInSession(acme, options))).toMatchObject({ name: "NotFoundError" });
  });

  test("R49: does not send the credential to a session of another origin", async () => {
    const [server, other] = [await googleServer(), await googleServer()];
    for (const session of [
      `${other.url}/upload?upload_id=s1`,
      "//evil.example/",
      "javascript:1",
      "https://api.acme.test@evil.example/",
    ]) {
      const { acme, options } = setUp(server, googleUploads, { session });
      const error = await rejection<Error>(uploadInSession(acme, options));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).not.toContain("upload_id");
    }
    expect(other.requests).toEqual([]);
  });

  test.each([
    [{ chunkBytes: 1_000 }, "chunkBytes must be a multiple of 262144"],
    [{ chunkSize: 1 }, "unknown option `chunkSize`"],
    [{ file: { size: -1, open: () => new Blob([]).stream() } }, "`file.size` must be a number of bytes"],
  ])("refuses invalid options: %j", async (more, message) => {
    const { acme, options } = setUp(await googleServer(), googleUploads, more as never);
    await expect(uploadInSession(acme, options)).rejects.toThrow(message);
  });

  test("is aborted by its signal, in the middle", async () => {
    const server = await googleServer();
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("enough"));
    const { acme, options } = setUp(server, googleUploads, { signal: controller.signal, onProgress });
    await expect(uploadInSession(acme, options)).rejects.toThrow("enough");
    expect(chunks(server)).toHaveLength(1);
  });
});

describe("a chunked upload of Box", () => {
  const partBytes = 300 * kib;

  test("sends parts with their digests, and commits them with that of the file", async () => {
    const server = await boxServer(partBytes, { commitsLater: 2 });
    const { acme, options, clock, sessions } = setUp(server, boxUploads);
    const { data } = await uploadInSession(acme, options);
    expect(data).toMatchObject({ entries: [{ sha1: createHash("sha1").update(content).digest("hex") }] });
    expect(sessions).toEqual(["S1"]);
    expect(ranges(server)).toEqual([
      "bytes 0-307199/921600",
      "bytes 307200-614399/921600",
      "bytes 614400-921599/921600",
    ]);
    // A 202 asks to commit again.
    expect(clock.waits).toEqual([3_000, 3_000]);
  });

  test("sends a part again after a cut, and takes the one that is there where only its response was lost", async () => {
    const server = await boxServer(partBytes);
    server.mishaps.push({ cutAfter: 1_000 }, undefined, { lost: true });
    const { acme, options } = setUp(server, boxUploads);
    await uploadInSession(acme, options);
    expect(server.received.equals(content)).toBe(true);
    expect(ranges(server)).toEqual([
      "bytes 0-307199/921600",
      "bytes 0-307199/921600",
      "bytes 307200-614399/921600",
      "bytes 307200-614399/921600",
      "bytes 614400-921599/921600",
    ]);
  });

  test("of another process is continued: what is there is not sent again", async () => {
    const server = await boxServer(partBytes);
    server.mishaps.push(undefined, { status: 403 });
    const first = setUp(server, boxUploads);
    await rejection(uploadInSession(first.acme, first.options));
    const second = setUp(server, boxUploads, { session: first.sessions[0] });
    await uploadInSession(second.acme, second.options);
    expect(server.received.equals(content)).toBe(true);
    expect(ranges(server).filter((range) => range.startsWith("bytes 0-"))).toHaveLength(1);
  });

  test("is not continued with another file", async () => {
    const server = await boxServer(partBytes);
    server.mishaps.push(undefined, { status: 403 });
    const first = setUp(server, boxUploads);
    await rejection(uploadInSession(first.acme, first.options));
    const other = new Blob([randomBytes(content.length)]);
    const second = setUp(server, boxUploads, { session: "S1", file: other });
    await expect(uploadInSession(second.acme, second.options)).rejects.toThrow(
      "the session has another file at byte 0",
    );
  });

  test("holds one part at most: the file is opened part by part, once for its digest and once to send it", async () => {
    const server = await boxServer(partBytes);
    const source = countedFile();
    const { acme, options } = setUp(server, boxUploads, { file: source });
    await uploadInSession(acme, options);
    expect(source.opened.map(([start]) => start)).toEqual([0, 0, 307_200, 307_200, 614_400, 614_400]);
  });
});
