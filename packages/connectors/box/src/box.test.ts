import { createHash } from "node:crypto";
import { boxUploads, uploadInSession } from "@connectry/core/upload-sessions";
import { fakeClock, instantClock } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { createBox } from "./index.js";

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A `fetch` that responds by the given responses in turn, and then with an empty object, and what was sent. */
function respondBy(...responses: (Response | ((request: Sent) => Response))[]) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    sent.push({ method, url, headers, body: await request.text() });
    const next = responses.shift() ?? Response.json({});
    return typeof next === "function" ? next(sent.at(-1)!) : next;
  };
  const create = (options: Parameters<typeof createBox>[0] = {}) =>
    createBox({ auth: "EGmDmRVfhfHsqesn5yVYHAqUkD0dyDfk", fetch, clock: instantClock(), random: () => 0, ...options });
  return { sent, create, urls: () => sent.map(({ url }) => url) };
}

const unavailable = () => Response.json({ code: "unavailable" }, { status: 503 });
const blocked = (code: string) => Response.json({ type: "error", status: 409, code }, { status: 409 });
const folder = { body: { name: "New folder", parent: { id: "0" } } };
const file = { params: { path: { file_id: "12345" } } };

// https://developer.box.com/guides/authentication/client-credentials
test("client id and secret are exchanged for the token of the service account, or of a user, once for all calls", async () => {
  const issued = () => Response.json({ access_token: "c3FIOG9vSGV4VHo4QzAyg5T1JvNn", expires_in: 3600 });
  const { sent, create } = respondBy(issued());
  const client = { clientId: "ly1nj6n11vionaie65emwzk575hnnmrk", clientSecret: "hOzsTeFlT6ko0dme22uGbQal04SBPYc1" };
  const box = create({ auth: { ...client, subjectId: "123456" } });
  await box.GET("/users/me");
  await box.GET("/users/me");
  expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "POST https://api.box.com/oauth2/token",
    "GET https://api.box.com/2.0/users/me",
    "GET https://api.box.com/2.0/users/me",
  ]);
  const subject = { box_subject_type: "enterprise", box_subject_id: "123456" };
  expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
    grant_type: "client_credentials",
    client_id: client.clientId,
    client_secret: client.clientSecret,
    ...subject,
  });
  const user = respondBy(issued());
  await user.create({ auth: { ...client, subjectType: "user", subjectId: "229961" } }).GET("/users/me");
  expect(user.sent[0]?.body).toContain("box_subject_type=user&box_subject_id=229961");
});

test("a user that calls are made as has limits of their own", async () => {
  const clock = fakeClock();
  const limited = Response.json({ code: "rate_limit_exceeded" }, { status: 429, headers: { "retry-after": "100" } });
  const { sent, create } = respondBy(limited);
  const box = create({ clock });
  const as = (id: string) => box.safe.GET("/users/me", { headers: { "as-user": id }, maxAttempts: 1 });
  expect((await as("1")).error).toMatchObject({ name: "RateLimitError", retryAfterMs: 100_000 });
  expect((await as("2")).error).toBeUndefined();
  expect(sent.map(({ headers }) => headers.get("as-user"))).toEqual(["1", "2"]);
});

test("a change of metadata is JSON Patch, which is not sent twice, although it is a PUT", async () => {
  const { sent, create } = respondBy(unavailable());
  // RFC 6902, section 4.1: with "-" a value is added at the end of a list, each time.
  const body = [{ op: "add" as const, path: "/tags/-", value: "final" }];
  const path = { file_id: "12345", scope: "enterprise" as const, template_key: "contract" };
  const { error } = await create().safe.PUT("/files/{file_id}/metadata/{scope}/{template_key}", {
    params: { path },
    body,
  });
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(sent.map(({ headers }) => headers.get("content-type"))).toEqual(["application/json-patch+json"]);
  expect(JSON.parse(sent[0]?.body ?? "")).toEqual(body);
  const other = respondBy(unavailable());
  await other.create().PUT("/files/{file_id}", { ...file, body: { name: "b.txt" } });
  expect(other.sent).toHaveLength(2);
});

test("a download waits until the file is ready, and is read from another host without credential and user", async () => {
  // https://developer.box.com/guides/downloads/file: a 202 with Retry-After, and a 302 to dl.boxcloud.com
  const location = "https://dl.boxcloud.com/d/1/abc/download";
  const { sent, create } = respondBy(
    new Response(null, { status: 202, headers: { "retry-after": "7" } }),
    new Response(null, { status: 302, headers: { location } }),
    new Response("content", { headers: { "content-type": "application/octet-stream" } }),
  );
  const headers = { "as-user": "229961" };
  const { data, response } = await create().GET("/files/{file_id}/content", { ...file, headers });
  expect(new TextDecoder().decode(data)).toBe("content");
  expect(response.attempts[0]).toMatchObject({ status: 202, waitedMs: expect.toSatisfy((ms: number) => ms >= 7_000) });
  expect(sent.map(({ url }) => url).at(-1)).toBe(location);
  expect(sent.map((one) => [one.headers.has("authorization"), one.headers.has("as-user")])).toEqual([
    [true, true],
    [true, true],
    [false, false],
  ]);
});

test("a 409 of an operation that blocks is sent again, also a POST; that of a name in use is not", async () => {
  const { sent, create } = respondBy(blocked("operation_blocked_temporary"), blocked("name_temporarily_reserved"));
  await create().POST("/folders", folder);
  expect(sent).toHaveLength(3);
  const used = respondBy(blocked("item_name_in_use"));
  const { error } = await used.create().safe.POST("/folders", folder);
  expect(error).toMatchObject({ name: "ConflictError", code: "item_name_in_use", outcome: "not-applied" });
  expect(used.sent).toHaveLength(1);
});

test("a folder whose response is lost is not created again", async () => {
  const { sent, create } = respondBy(unavailable());
  expect((await create().safe.POST("/folders", folder)).error).toMatchObject({ outcome: "unknown" });
  expect(sent).toHaveLength(1);
});

// https://developer.box.com/guides/api-calls/ensure-consistency
test("an etag makes a read that changed nothing a 304, and goes with a change", async () => {
  const { sent, create } = respondBy(new Response(null, { status: 304 }));
  const box = create();
  const { response } = await box.GET("/files/{file_id}", {
    params: { ...file.params, header: { "if-none-match": "1" } },
  });
  expect(response.status).toBe(304);
  await box.DELETE("/files/{file_id}", { params: { ...file.params, header: { "if-match": "1" } } });
  expect(sent.map(({ headers }) => [headers.get("if-none-match"), headers.get("if-match")])).toEqual([
    ["1", null],
    [null, "1"],
  ]);
});

test("search is iterated by the limit of its pages, which lack what the user may not see, and a list of texts has commas", async () => {
  const page = (entries: readonly object[], offset: number) =>
    Response.json({ type: "search_results_items", entries, limit: 2, offset, total_count: 5 });
  const { create, urls } = respondBy(page([{ id: "1" }], 0), page([], 2), page([{ id: "5" }], 4));
  const ids: unknown[] = [];
  const query = { query: "sales", limit: 2, owner_user_ids: ["123422", "23532"], deleted_user_ids: ["1", "2"] };
  for await (const item of create().paginate("/search", { params: { query } })) ids.push(item);
  expect(ids).toEqual([{ id: "1" }, { id: "5" }]);
  // https://developer.box.com/guides/api-calls/pagination/offset-based: `previous_offset + previous_limit`, up to total_count
  expect(urls().map((url) => new URL(url).searchParams.get("offset"))).toEqual([null, "2", "4"]);
  expect(urls()[0]).toMatch(/owner_user_ids=123422(,|%2C)23532&deleted_user_ids=1(,|%2C)2$/);
});

test("files go to the host of uploads, with their attributes before their content", async () => {
  const { sent, create, urls } = respondBy();
  const attributes = { name: "a.txt", parent: { id: "0" } };
  await create().POST("/files/content", { body: { attributes, file: new Blob(["content"]) } });
  expect(urls()).toEqual(["https://upload.box.com/api/2.0/files/content"]);
  const body = sent[0]?.body ?? "";
  expect(body.indexOf('name="attributes"')).toBeLessThan(body.indexOf('name="file"'));
  expect(body).toContain(JSON.stringify(attributes));
});

test("a large file is sent in a session at the host of uploads, and its commit waits as long as Box asks", async () => {
  const content = "0123456789";
  const sha1 = createHash("sha1").update(content).digest();
  const part = { part_id: "6F2D3486", offset: 0, size: 10, sha1: sha1.toString("hex") };
  const { sent, create, urls } = respondBy(
    Response.json({ id: "F971964745", part_size: 1024 }, { status: 201 }),
    Response.json({ part }),
    ...Array.from({ length: 4 }, () => new Response(null, { status: 202, headers: { "retry-after": "1" } })),
    Response.json({ total_count: 1, entries: [{ id: "12345" }] }, { status: 201 }),
  );
  const box = create();
  const { data } = await uploadInSession(box, {
    facts: boxUploads,
    file: new Blob([content]),
    start: (init) =>
      box.POST("/files/upload_sessions", { ...init, body: { folder_id: "0", file_size: 10, file_name: "a.txt" } }),
  });
  expect(data).toMatchObject({ entries: [{ id: "12345" }] });
  expect([...new Set(urls())]).toEqual([
    "https://upload.box.com/api/2.0/files/upload_sessions",
    "https://upload.box.com/api/2.0/files/upload_sessions/F971964745",
    "https://upload.box.com/api/2.0/files/upload_sessions/F971964745/commit",
  ]);
  expect(sent).toHaveLength(7);
  expect(sent[1]?.headers.get("digest")).toBe(`sha=${sha1.toString("base64")}`);
});

test("a position in the stream of events keeps all of its digits", async () => {
  // https://developer.box.com/reference/get-events, whose example is above 2^53
  const { create } = respondBy(
    new Response('{"chunk_size":0,"next_stream_position":1152922976252290886,"entries":[]}'),
  );
  const { data } = await create().GET("/events", { params: { query: { stream_position: "now" } } });
  expect(String(data.next_stream_position)).toBe("1152922976252290886");
  expectTypeOf(data.next_stream_position).toExtend<string | number | undefined>();
});
