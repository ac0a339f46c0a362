import { type FaultServer, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSlack, OutcomeUnknownError } from "./index.js";
import { uploadFiles } from "./uploads.js";

let server: FaultServer;
let urls = 0;

beforeEach(async () => {
  urls = 0;
  // https://docs.slack.dev/reference/methods/files.getUploadURLExternal
  server = await faultServer([], {
    response: ({ path }) => {
      if (path.startsWith("/upload/")) return { body: "OK - 5" };
      if (path.endsWith("getUploadURLExternal")) {
        urls += 1;
        const upload_url = `https://files.slack.com/upload/v1/CwAB${urls}`;
        return { body: { ok: true, upload_url, file_id: `F${urls}` } };
      }
      return { body: { ok: true, files: [{ id: "F1", title: "a.txt" }, { id: "F2" }] } };
    },
  });
});
afterEach(() => server.close());

const create = () => createSlack({ auth: "xoxb-1", baseUrl: server.url, random: () => 0 });

test("files are sent to addresses of their own, and shared together", async () => {
  const uploaded = await uploadFiles(create(), {
    files: [
      { content: "hällo", filename: "a.txt" },
      { content: new Blob([new Uint8Array([1, 2, 3])]), filename: "b.png", title: "A plot", alt_text: "Rising" },
    ],
    channel_id: "C1",
    initial_comment: "Figures",
  });
  expect(uploaded).toEqual([{ id: "F1", title: "a.txt" }, { id: "F2" }]);
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /files.getUploadURLExternal",
    "POST /upload/v1/CwAB1",
    "POST /files.getUploadURLExternal",
    "POST /upload/v1/CwAB2",
    "POST /files.completeUploadExternal",
  ]);
  // In bytes: ä has two.
  expect(server.requests[0]?.body).toEqual({ filename: "a.txt", length: "6" });
  expect(server.requests[2]?.body).toEqual({ filename: "b.png", length: "3", alt_text: "Rising" });
  expect(Buffer.from(server.requests[1]!.bytes).toString()).toBe("hällo");
  expect([...server.requests[3]!.bytes]).toEqual([1, 2, 3]);
  expect(server.requests[4]?.body).toEqual({
    files: JSON.stringify([
      { id: "F1", title: "a.txt" },
      { id: "F2", title: "A plot" },
    ]),
    channel_id: "C1",
    initial_comment: "Figures",
  });
});

const upload = { files: [{ content: "hello", filename: "a.txt" }] } as const;

test("content that Slack does not take is an error, and nothing is shared", async () => {
  server.faults.push({
    kind: "response",
    body: { ok: true, upload_url: "https://files.slack.com/upload/v1/x", file_id: "F" },
  });
  server.faults.push({ kind: "response", status: 413, body: "too large" });
  await expect(uploadFiles(create(), upload)).rejects.toThrow("Slack did not take the content of a.txt: status 413");
  expect(server.requests.map(({ path }) => path)).not.toContain("/files.completeUploadExternal");
});

test("an address is asked for again after an outage; sharing whose response was lost is not repeated", async () => {
  server.faults.push({ kind: "response", status: 502 });
  await uploadFiles(create(), upload);
  expect(server.requests.filter(({ path }) => path === "/files.getUploadURLExternal")).toHaveLength(2);

  const before = server.requests.length;
  const slack = create();
  const lost = uploadFiles(slack, upload).catch((error: unknown) => error);
  server.faults.push(
    { kind: "response", body: { ok: true, upload_url: "https://files.slack.com/upload/v1/x", file_id: "F9" } },
    { kind: "response", body: "OK - 5" },
    { kind: "reset", after: "request" },
  );
  expect(OutcomeUnknownError.isInstance(await lost)).toBe(true);
  expect(server.requests.length - before).toBe(3);
});

test("an address elsewhere is refused: the token reaches Slack alone", async () => {
  server.faults.push({ kind: "response", body: { ok: true, upload_url: "https://evil.test/upload", file_id: "F" } });
  await expect(uploadFiles(create(), upload)).rejects.toThrow(/the address must be on the origin/);
  expect(server.requests).toHaveLength(1);
});

test("no files are an error of the caller", async () => {
  await expect(uploadFiles(create(), { files: [] as never })).rejects.toThrow("files must have at least one file");
});
