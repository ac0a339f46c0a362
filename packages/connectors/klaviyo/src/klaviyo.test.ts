import { type FaultServer, fakeClock, faultServer, instantClock } from "@connectry/testing";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import { createKlaviyo } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { data: [], links: {} } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createKlaviyo>[0] = {}) =>
  createKlaviyo({ auth: "pk_1", baseUrl: server.url, random: () => 0, ...options });
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
const sent = (header: string) => server.requests.map(({ headers }) => headers[header]);
const event = {
  data: {
    type: "event" as const,
    attributes: {
      properties: { value: 9.99 },
      metric: { data: { type: "metric" as const, attributes: { name: "Placed Order" } } },
      profile: { data: { type: "profile" as const, attributes: { email: "ada@example.com" } } },
    },
  },
};

test("requests have the media type of JSON:API, the key after its word, and the revision of the document", async () => {
  const klaviyo = create();
  await klaviyo.POST("/api/tags", { body: { data: { type: "tag", attributes: { name: "spring" } } } });
  expect(server.requests[0]?.headers).toMatchObject({
    accept: "application/vnd.api+json",
    "content-type": "application/vnd.api+json",
    authorization: "Klaviyo-API-Key pk_1",
    revision: "2026-07-15",
  });
  await klaviyo.GET("/api/tags", { headers: { revision: "2026-10-15" } });
  expect(sent("revision")).toEqual(["2026-07-15", "2026-10-15"]);
});

test("calls of the storefront name the account by its public key, and have no credential", async () => {
  server.faults.push({ kind: "response", status: 202 });
  await create().POST("/client/events", { params: { query: { company_id: "AbC123" } }, body: event });
  expect(server.requests[0]?.query).toEqual({ company_id: "AbC123" });
  expect(sent("authorization")).toEqual([undefined]);
});

test("sparse fieldsets and pages are parameters with brackets, and lists are separated by commas", async () => {
  const query = {
    "fields[profile]": ["email" as const, "first_name" as const],
    "page[size]": 20,
    filter: 'equals(email,"ada@example.com")',
  };
  await create().GET("/api/profiles", { params: { query } });
  expect(server.requests[0]?.query).toEqual({
    "fields[profile]": "email,first_name",
    "page[size]": "20",
    filter: 'equals(email,"ada@example.com")',
  });
});

test("a list goes on by the URL of its next page, under the same limits", async () => {
  const next = `${server.url}/api/lists/?page%5Bcursor%5D=bmV4dDo6aWQ6Ok5aTXM0bQ`;
  for (const [id, url] of [
    ["1", next],
    ["2", null],
  ])
    server.faults.push({ kind: "response", status: 200, body: { data: [{ id }], links: { next: url } } });
  const found: unknown[] = [];
  for await (const { id } of create().paginate("/api/lists")) found.push(id);
  expect(found).toEqual(["1", "2"]);
  expect(server.requests[1]?.query).toEqual({ "page[cursor]": "bmV4dDo6aWQ6Ok5aTXM0bQ" });
});

test("each operation has a limit of a second and one of a minute of its own", async () => {
  const clock = fakeClock();
  const klaviyo = create({ clock });
  // The first minute is spread evenly.
  await clock.advance(66_000);
  const calls = Array.from({ length: 4 }, () => klaviyo.GET("/api/tags"));
  await settle();
  expect(server.requests).toHaveLength(3);
  await klaviyo.GET("/api/tag-groups");
  expect(server.requests).toHaveLength(4);
  await clock.advance(1_100);
  await Promise.all(calls);
  expect(server.requests).toHaveLength(5);
});

test("a used-up minute delays the operation that it was reported for, and no other", async () => {
  const headers = { "ratelimit-limit": "60", "ratelimit-remaining": "0", "ratelimit-reset": "30" };
  server.faults.push({ kind: "response", status: 200, headers, body: { data: [] } });
  const clock = fakeClock();
  const klaviyo = create({ clock });
  await klaviyo.GET("/api/tags");
  const next = klaviyo.GET("/api/tags");
  await klaviyo.GET("/api/tag-groups");
  await clock.advance(29_000);
  await settle();
  expect(server.requests).toHaveLength(2);
  await clock.advance(2_000);
  await next;
  expect(server.requests).toHaveLength(3);
});

test("a 429 is sent again after the seconds that it asks for", async () => {
  const clock = instantClock();
  const headers = { "retry-after": "12" };
  server.faults.push({ kind: "response", status: 429, headers });
  await create({ clock }).GET("/api/tags");
  expect(server.requests).toHaveLength(2);
  expect(clock.waits[0]).toBeGreaterThanOrEqual(12_000);
});

test("an event whose response is lost is not sent again, and a report and an upsert are", async () => {
  const klaviyo = create();
  server.faults.push({ kind: "reset", after: "request" });
  expect((await klaviyo.safe.POST("/api/events", { body: event })).error?.name).toBe("OutcomeUnknownError");
  expect(server.requests).toHaveLength(1);

  server.faults.push({ kind: "reset", after: "request" });
  const attributes = { email: "ada@example.com" };
  await klaviyo.POST("/api/profile-import", { body: { data: { type: "profile", attributes } } });
  expect(server.requests).toHaveLength(3);

  server.faults.push({ kind: "response", status: 503 });
  await klaviyo.POST("/api/metric-aggregates", {
    body: {
      data: {
        type: "metric-aggregate",
        attributes: {
          metric_id: "925e385b52fb405715f3616c337cc65c",
          measurements: ["count"],
          filter: ["greater-or-equal(datetime,2026-11-01)", "less-than(datetime,2026-11-29)"],
        },
      },
    },
  });
  expect(server.requests).toHaveLength(5);
});

test("a bulk job is accepted, and its state is read by its id", async () => {
  const job = { data: { type: "profile-bulk-import-job", id: "job-1", attributes: { status: "queued" } } };
  server.faults.push({ kind: "response", status: 202, body: job });
  const profiles = { data: [{ type: "profile" as const, attributes: { email: "ada@example.com" } }] };
  const klaviyo = create();
  const { data, response } = await klaviyo.POST("/api/profile-bulk-import-jobs", {
    body: { data: { type: "profile-bulk-import-job", attributes: { profiles } } },
  });
  expect(response.status).toBe(202);
  await klaviyo.GET("/api/profile-bulk-import-jobs/{job_id}", { params: { path: { job_id: data.data.id } } });
  expect(server.requests[1]?.path).toBe("/api/profile-bulk-import-jobs/job-1");
});

test("a 202 without a body has no data", async () => {
  server.faults.push({ kind: "response", status: 202 });
  const { data } = await create().POST("/api/events", { body: event });
  expect(data).toBeUndefined();
  expectTypeOf(data).toEqualTypeOf<undefined>();
});

test("an image is uploaded as a form with its file", async () => {
  server.faults.push({ kind: "response", status: 201, body: { data: { type: "image", id: "7" } } });
  await create().POST("/api/image-upload", { body: { file: new Blob(["png"]), name: "logo" } });
  expect(sent("content-type")[0]).toMatch(/^multipart\/form-data; boundary=/);
});
