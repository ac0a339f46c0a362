import { fakeClock, instantClock } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { createXero } from "./index.js";

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A `fetch` that responds by the given responses in turn, and then with an empty object, and what was sent. */
function respondBy(...responses: Response[]) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    sent.push({ method, url, headers, body: await request.text() });
    return responses.shift() ?? Response.json({});
  };
  const create = (options: Parameters<typeof createXero>[0] = {}) =>
    createXero({ auth: "xxx.yyy.zzz", fetch, clock: instantClock(), random: () => 0, ...options });
  const valuesOf = (name: string) => sent.map(({ headers }) => headers.get(name));
  return { sent, create, valuesOf, urls: () => sent.map(({ url }) => url) };
}

const ofTenant = (id: string) => ({ params: { header: { "xero-tenant-id": id } } });
const limited = (problem: string, seconds: number) =>
  new Response(null, { status: 429, headers: { "x-rate-limit-problem": problem, "retry-after": `${seconds}` } });

test("a custom connection gets its token by Basic with the scopes, and needs no organization", async () => {
  // src/clients/xero-client.ts of XeroAPI/xero-mcp-server, and `tokenRequest` in src/XeroClient.ts of xero-node
  const { sent, create } = respondBy(Response.json({ access_token: "xxx.yyy.zzz", expires_in: 1800 }));
  const auth = {
    clientId: "client-id",
    clientSecret: "client-secret",
    scopes: "accounting.settings accounting.contacts",
  };
  await create({ auth }).GET("/Currencies");
  expect(sent[0]).toMatchObject({ method: "POST", url: "https://identity.xero.com/connect/token" });
  expect(sent[0]?.headers.get("authorization")).toBe(`Basic ${btoa("client-id:client-secret")}`);
  expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
    grant_type: "client_credentials",
    scope: "accounting.settings accounting.contacts",
  });
  expect(sent[1]?.url).toBe("https://api.xero.com/api.xro/2.0/Currencies");
  expect([sent[1]?.headers.get("authorization"), sent[1]?.headers.has("xero-tenant-id")]).toEqual([
    "Bearer xxx.yyy.zzz",
    false,
  ]);
});

test("the organizations of a token are those of its connections, beside the Accounting API", async () => {
  const tenantId = "fe79f7dd-b6d4-4a92-ba7b-538af6289c58";
  const { create, urls } = respondBy(Response.json([{ id: "7cb59f93", tenantId, tenantName: "Demo Company (NZ)" }]));
  const { data } = await create().GET("/Connections");
  expect([urls(), data[0]?.tenantId]).toEqual([["https://api.xero.com/Connections"], tenantId]);
});

test("an organization that is throttled does not hold back another, whether a call names it or the client", async () => {
  const clock = fakeClock();
  const { create, valuesOf } = respondBy(limited("minute", 30));
  const headers = { "xero-tenant-id": "a" };
  const xero = create({ clock, headers });
  expect((await xero.safe.GET("/Currencies", { maxAttempts: 1 })).error).toMatchObject({ name: "RateLimitError" });
  await xero.GET("/Currencies", ofTenant("b"));
  expect(valuesOf("xero-tenant-id")).toEqual(["a", "b"]);
});

// https://developer.xero.com/faq/limits: "5 calls in progress at one time", against one tenant
test("at most 5 calls of an organization are under way at once", async () => {
  const underWay: Record<string, number> = {};
  const most: Record<string, number> = {};
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const id = new Request(input, init).headers.get("xero-tenant-id") ?? "";
    underWay[id] = (underWay[id] ?? 0) + 1;
    most[id] = Math.max(most[id] ?? 0, underWay[id]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    underWay[id] -= 1;
    return Response.json({});
  };
  const xero = createXero({ auth: "xxx.yyy.zzz", fetch, clock: instantClock() });
  const ids = ["a", "b"].flatMap((id) => Array.from({ length: 12 }, () => id));
  await Promise.all(ids.map((id) => xero.GET("/Currencies", ofTenant(id))));
  expect(most).toEqual({ a: 5, b: 5 });
});

test("a limit of the day rejects at once, and says which it was and when it ends", async () => {
  const { sent, create } = respondBy(limited("day", 3_600));
  const { error } = await create().safe.GET("/Currencies", ofTenant("a"));
  expect(error).toMatchObject({ name: "RateLimitError", retryAfterMs: 3_600_000 });
  expect(error?.name === "RateLimitError" && error.headers.get("x-rate-limit-problem")).toBe("day");
  expect(sent).toHaveLength(1);
});

test.each(["PUT", "POST"] as const)("a %s creates, and is sent again under its key", async (method) => {
  const { sent, create, valuesOf } = respondBy(Response.json({ Title: "An error occurred" }, { status: 500 }));
  const body = { Invoices: [{ Type: "ACCREC" as const }] };
  await create().request(method, "/Invoices", { ...ofTenant("a"), body });
  expect(sent.map((one) => one.method)).toEqual([method, method]);
  const [first, second] = valuesOf("idempotency-key");
  expect([first, first?.length]).toEqual([second, expect.toSatisfy((length: number) => length > 0 && length <= 128)]);
  // "128 character max": the document
  const long = create().request(method, "/Invoices", { ...ofTenant("a"), body, idempotencyKey: "k".repeat(129) });
  await expect(long).rejects.toThrow("1 to 128 characters");
});

test("a list is asked for its first page, and ends with the number of items that its pages have", async () => {
  const page = (number: number, ids: readonly string[]) =>
    Response.json({
      pagination: { page: number, pageSize: 2, pageCount: 2, itemCount: 3 },
      Contacts: ids.map((ContactID) => ({ ContactID })),
    });
  const { create, urls, valuesOf } = respondBy(page(1, ["a", "b"]), page(2, ["c"]));
  const since = new Date("2020-02-06T12:17:43.202-08:00");
  const header = { "xero-tenant-id": "a", "If-Modified-Since": since.toISOString() };
  const ids: unknown[] = [];
  for await (const { ContactID } of create().paginate("/Contacts", { params: { header, query: { pageSize: 2 } } }))
    ids.push(ContactID);
  expect(ids).toEqual(["a", "b", "c"]);
  expect(urls().map((url) => new URL(url).searchParams.get("page"))).toEqual(["1", "2"]);
  expect(valuesOf("if-modified-since")).toEqual(["2020-02-06T20:17:43.202Z", "2020-02-06T20:17:43.202Z"]);
});

test("dates are the texts that Xero has, and a Date is sent as ISO 8601", async () => {
  const { sent, create } = respondBy(Response.json({ Invoices: [{ Date: "/Date(1539993600000+0000)/" }] }));
  const day = new Date("2018-10-20T00:00:00Z");
  const body = { Invoices: [{ Type: "ACCREC" as const, Date: day as unknown as string }] };
  const { data } = await create().PUT("/Invoices", { ...ofTenant("a"), body });
  expect(data.Invoices?.[0]?.Date).toBe("/Date(1539993600000+0000)/");
  expectTypeOf(data.Invoices![0]!.Date).toEqualTypeOf<string | undefined>();
  expect(sent[0]?.body).toContain('"Date":"2018-10-20T00:00:00.000Z"');
});

test("an attachment is sent as its bytes, with the media type that the call names", async () => {
  const { sent, create } = respondBy();
  const path = { InvoiceID: "d4956132-ed94-4dd7-9eaa-aa22dfdf06f2", FileName: "a b.png" };
  await create().PUT("/Invoices/{InvoiceID}/Attachments/{FileName}", {
    params: { path, ...ofTenant("a").params },
    body: new Blob(["content"]),
    headers: { "content-type": "image/png" },
  });
  expect(sent[0]?.url).toMatch(/\/Attachments\/a%20b\.png$/);
  expect([sent[0]?.headers.get("content-type"), sent[0]?.body]).toEqual(["image/png", "content"]);
});
