import { loadDocuments } from "@connectry/codegen";
import { type FakeProvider, fakeProvider, instantClock } from "@connectry/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createSlack, facts, profile, type Slack } from "./index.js";

let server: FakeProvider;
let slack: Slack;

beforeAll(async () => {
  const documents = await loadDocuments("slack");
  server = await fakeProvider({ document: documents.map(({ json }) => json), profile, facts, credential: "xoxb-1" });
  slack = createSlack({ auth: "xoxb-1", baseUrl: server.url });
});
afterAll(() => server.close());
afterEach(() => {
  server.faults.length = 0;
});

const lastRequest = () => server.requests.at(-1);

test("a message is sent as a form with its blocks as JSON, and the token only in a header", async () => {
  const blocks = [{ type: "section", text: { type: "mrkdwn", text: "*Hi* & bye" } }];
  const { data } = await slack.POST("/chat.postMessage", { body: { channel: "C1", text: "Hi", blocks } });
  expect(data.ok).toBe(true);
  const sent = new URLSearchParams(new TextDecoder().decode(lastRequest()?.bytes));
  expect([...sent.keys()]).toEqual(["channel", "text", "blocks"]);
  expect(JSON.parse(sent.get("blocks") ?? "")).toEqual(blocks);
  expect(lastRequest()?.headers.authorization).toBe("Bearer xoxb-1");
});

test("no operation of the document has the token as a parameter", async () => {
  const documents = await loadDocuments("slack");
  expect(JSON.stringify(documents.map(({ json }) => json.paths))).not.toContain('"name":"token"');
});

test("`ok: false` in a 200 is an error whose class follows from its code, with its details in the body", async () => {
  const body = { ok: false, error: "missing_scope", needed: "chat:write", provided: "channels:read" };
  server.faults.push({ kind: "response", status: 200, headers: { "x-slack-req-id": "r1" }, body });
  const { error } = await slack.safe.POST("/chat.postMessage", { body: { channel: "C1", text: "Hi" } });
  expect(error).toMatchObject({
    name: "PermissionDeniedError",
    status: 200,
    code: "missing_scope",
    requestId: "r1",
    body,
  });
  expect(error?.attempts.map(({ verdict }) => verdict)).toEqual(["failed"]);
});

test("an error message has the messages of `response_metadata`", async () => {
  const messages = ["[ERROR] missing required field: channel"];
  const body = { ok: false, error: "invalid_arguments", response_metadata: { messages } };
  server.faults.push({ kind: "response", body });
  const { error } = await slack.safe.GET("/conversations.info", { params: { query: { channel: "" } } });
  expect(error).toMatchObject({ name: "ApiError", code: "invalid_arguments" });
  expect(error?.message).toContain("missing required field: channel");
});

test("pagination follows the cursor in response_metadata until it is empty", async () => {
  const query = { limit: 10 };
  const members = new Set<unknown>();
  for await (const member of slack.paginate("/users.list", { params: { query } })) members.add(member);
  expect(members.size).toBe(25);
  expect(lastRequest()?.query).toMatchObject({ limit: 10, cursor: expect.any(String) });

  let messages = 0;
  for await (const _ of slack.paginate("/conversations.history", { params: { query: { channel: "C1" } } }))
    messages += 1;
  expect(messages).toBe(25);
  const { data } = await slack.GET("/conversations.list", { params: { query: { limit: 100 } } });
  expect(data.response_metadata?.next_cursor || "").toBe("");
});

test("a message waits as long as a 429 asks, and is sent again", async () => {
  const clock = instantClock();
  const longTimeouts = createSlack({ auth: "xoxb-1", baseUrl: server.url, clock, random: () => 0 });
  server.faults.push({
    kind: "response",
    status: 429,
    headers: { "retry-after": "30" },
    body: { ok: false, error: "ratelimited" },
  });
  const result = await longTimeouts.POST("/chat.postMessage", { body: { channel: "C1", text: "Hi" } });
  expect(result.response.attempts.map(({ waitedMs }) => waitedMs)).toEqual([30_000, undefined]);
});

// https://docs.slack.dev/reference/methods/chat.postMessage#errors: after these errors "some aspect of the operation" may have
// succeeded; after a `request_timeout` the POST did not arrive whole.
test.each([
  ["internal_error", "InternalServerError", "unknown", 1],
  ["fatal_error", "InternalServerError", "unknown", 1],
  ["service_unavailable", "InternalServerError", "unknown", 1],
  ["request_timeout", "ApiError", "not-applied", 3],
  ["msg_too_long", "ApiError", "not-applied", 1],
])(
  "a message that fails with %s ends in %s, whose outcome is %s, after %i attempts",
  async (code, ...[name, outcome, sent]) => {
    server.faults.push({ kind: "response", status: 200, body: { ok: false, error: code }, times: sent });
    const instant = createSlack({ auth: "xoxb-1", baseUrl: server.url, clock: instantClock() });
    const { error } = await instant.safe.POST("/chat.postMessage", { body: { channel: "C1", text: "Hi" } });
    expect(error).toMatchObject({ name, code, outcome });
    expect(error?.attempts).toHaveLength(sent);
  },
);

// https://docs.slack.dev/apis/web-api: every response is a JSON object with `ok`.
test.each([[{}], [[]], [{ ok: "true" }], [{ ok: 1 }]])(
  "a 200 with %j, without `ok: true`, is a failure",
  async (body) => {
    server.faults.push({ kind: "response", status: 200, body });
    const { error } = await slack.safe.POST("/chat.postMessage", { body: { channel: "C1", text: "Hi" } });
    expect(error).toMatchObject({ name: "ApiError", status: 200, outcome: "unknown" });
  },
);

test("a 200 with the page of a proxy is not a message that was posted", async () => {
  const page = { body: "<html><title>Sign in</title>", headers: { "content-type": "text/html" } };
  server.faults.push({ kind: "response", status: 200, ...page, times: 2 });
  const { error } = await slack.safe.POST("/chat.postMessage", { body: { channel: "C1", text: "Hi" } });
  expect(error).toMatchObject({ name: "OutcomeUnknownError", cause: { name: "ResponseParseError" } });
  expect((await slack.safe.GET("/users.list")).error).toMatchObject({ name: "ResponseParseError" });
});

test("a message that may have been posted is not sent again", async () => {
  server.faults.push({ kind: "response", status: 200, body: { ok: false, error: "internal_error" } });
  const { error } = await slack.safe.POST("/chat.postMessage", { body: { channel: "C1", text: "Hi" } });
  expect(error).toMatchObject({
    name: "InternalServerError",
    outcome: "unknown",
    attempts: [{ verdict: "transient" }],
  });
  server.faults.push({ kind: "response", status: 200, body: { ok: false, error: "internal_error" } });
  expect((await slack.GET("/users.list")).response.attempts).toHaveLength(2);
});

test("an expired token is refreshed once by a credential function", async () => {
  const tokens = ["xoxb-1", "xoxb-1"];
  const asked: boolean[] = [];
  const auth = ({ refresh }: { readonly refresh: boolean }) => {
    asked.push(refresh);
    return tokens.shift() ?? "";
  };
  server.faults.push({ kind: "response", body: { ok: false, error: "token_expired" } });
  const { response } = await createSlack({ auth, baseUrl: server.url }).GET("/auth.test");
  expect([asked, response.attempts.map(({ verdict }) => verdict)]).toEqual([
    [false, true],
    ["reauthenticate", "success"],
  ]);
});
