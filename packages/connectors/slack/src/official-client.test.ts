import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type FaultServer, faultServer } from "@connectry/testing";
import { LogLevel, WebClient } from "@slack/web-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSlack, toFetch } from "./index.js";

const token = "xoxb-123456789012-4eC39HqLyjWDarjtT1zdp7dc";
let server: FaultServer;

beforeEach(async () => {
  // https://docs.slack.dev/reference/methods/files.getUploadURLExternal
  const uploadUrl = "https://files.slack.com/upload/v1/CwABAAAAXAoAAVnX";
  server = await faultServer([], {
    response: ({ path }) => {
      if (path.startsWith("/upload/")) return { body: "OK - 5" };
      if (path.endsWith("getUploadURLExternal")) return { body: { ok: true, upload_url: uploadUrl, file_id: "F1" } };
      return { body: { ok: true, channel: "C1", files: [{ id: "F1" }] } };
    },
  });
});
afterEach(() => server.close());

/** Slack's own client, whose requests to slack.com and files.slack.com our connector sends to the server. */
function official(own = token) {
  const fetch = toFetch(createSlack({ auth: token, baseUrl: server.url, random: () => 0 }));
  return new WebClient(own, { fetch, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });
}

test("@slack/web-api calls a method, with the token that both have", async () => {
  expect(await official().chat.postMessage({ channel: "C1", text: "Hi" })).toMatchObject({ ok: true, channel: "C1" });
  expect(server.requests).toMatchObject([
    { method: "POST", path: "/chat.postMessage", body: { channel: "C1", text: "Hi" } },
  ]);
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
});

test("@slack/web-api uploads a file by filesUploadV2", async () => {
  const result = await official().filesUploadV2({ channel_id: "C1", filename: "a.txt", file: Buffer.from("hello") });
  expect(result).toMatchObject({ ok: true, files: [{ ok: true }] });
  expect(server.requests.map(({ path }) => path)).toEqual([
    "/files.getUploadURLExternal",
    "/upload/v1/CwABAAAAXAoAAVnX",
    "/files.completeUploadExternal",
  ]);
  expect(Buffer.from(server.requests[1]!.bytes).toString()).toContain("hello");
});

test("@slack/web-api throws its own error where a 200 says that the call failed", async () => {
  server.faults.push({ kind: "response", body: { ok: false, error: "channel_not_found" } });
  await expect(official().chat.postMessage({ channel: "C9", text: "Hi" })).rejects.toMatchObject({
    code: "slack_webapi_platform_error",
    data: { error: "channel_not_found" },
  });
});

test("@slack/web-api sends one request where its retries are off, and a write whose response was lost is not repeated", async () => {
  server.faults.push({ kind: "response", status: 503 }, { kind: "reset", after: "request" });
  await expect(official().chat.postMessage({ channel: "C1", text: "Hi" })).rejects.toThrow();
  expect(server.requests).toHaveLength(1);
  const error = await official()
    .chat.postMessage({ channel: "C1", text: "Hi" })
    .catch((reason: unknown) => reason);
  expect(server.requests).toHaveLength(2);
  expect(String((error as { original?: unknown }).original)).toContain("the write may have been applied");
});

test("a file of files.slack.com is downloaded as a stream, with the token", async () => {
  const requests: IncomingMessage[] = [];
  const sent = createServer((request, response) => {
    requests.push(request);
    response.end("x".repeat(300_000));
  });
  await new Promise<void>((resolve) => sent.listen(0, "127.0.0.1", resolve));
  const { port } = sent.address() as AddressInfo;
  const slack = createSlack({ auth: token, baseUrl: `http://127.0.0.1:${port}`, maxResponseBytes: 1_000 });
  const response = await toFetch(slack)("https://files.slack.com/files-pri/T1-F1/download/a.txt");
  expect(await response.text()).toHaveLength(300_000);
  expect(requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ["/files-pri/T1-F1/download/a.txt", `Bearer ${token}`],
  ]);
  sent.close();
  sent.closeAllConnections();
});
