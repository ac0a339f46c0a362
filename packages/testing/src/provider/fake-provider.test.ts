import { expect, onTestFinished, test, vi } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { credential, serveAcme } from "../../test/acme-server.js";
import { independentValidator } from "../../test/independent-validator.js";
import { fakeProvider } from "./fake-provider.js";

const { acme, send } = await serveAcme();

const widget = acmeDocument.components.schemas.Widget;
const validate = independentValidator(acmeDocument);

test("requests are accepted with the base path of the profile, and without it", async () => {
  expect(acme.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v2$/);
  expect((await send("GET", "/widgets")).status).toBe(200);
  expect((await send("GET", "/widgets", { url: new URL(acme.url).origin })).status).toBe(200);
});

test("a response is a valid sample without writeOnly members, and the same each time", async () => {
  const first = await send("GET", "/widgets/w_1");
  expect(validate(first.body, widget)).toBeUndefined();
  expect(first.body).toMatchObject({ id: "w_1", code: expect.stringMatching(/^[A-Z]{3}-\d{4}$/) });
  expect(first.body).not.toHaveProperty("secret");
  expect((await send("GET", "/widgets/w_1")).text).toBe(first.text);
});

test("a response that is not JSON has its documented type, and a 204 has no body", async () => {
  const manual = new FormData();
  manual.set("file", new Blob(["%PDF"]), "manual.pdf");
  const pdf = await send("PUT", "/widgets/w_1/manual", { body: manual, headers: { "x-pages": "3" } });
  expect([pdf.status, pdf.headers.get("content-type"), pdf.text.slice(0, 5)]).toEqual([
    200,
    "application/pdf",
    "%PDF-",
  ]);
  const text = await send("GET", "/files/a/b/c.txt");
  expect([text.status, text.headers.get("content-type"), text.text]).toEqual([
    200,
    "text/plain",
    "A sample of GET /files/{path}.\n",
  ]);
  expect(await send("DELETE", "/widgets/w_0")).toMatchObject({ status: 204, text: "" });
});

test("the address and the port are the caller's choice, and a port in use rejects", async () => {
  const options = { document: acmeDocument, profile: acmeProfile, host: "localhost" };
  const first = await fakeProvider(options);
  onTestFinished(() => first.close());
  const { hostname, port } = new URL(first.url);
  expect(hostname).toBe("localhost");
  expect((await fetch(`${first.url}/nowhere`)).status).toBeGreaterThanOrEqual(400);
  await expect(fakeProvider({ ...options, port: Number(port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("each response has a new request id, also that of a fault", async () => {
  acme.faults.push({ kind: "response", status: 503 });
  expect((await send("GET", "/widgets")).headers.get("x-request-id")).toMatch(/^req_\d+$/);
  const [one, other] = [await send("GET", "/widgets"), await send("GET", "/nowhere")];
  expect(one.headers.get("x-request-id")).toMatch(/^req_\d+$/);
  expect(other.headers.get("x-request-id")).not.toBe(one.headers.get("x-request-id"));
});

test("queries are read in every style of the document", async () => {
  const query = "/widgets?limit=2&color=red&color=green&tags=a,b&range[min]=3";
  expect((await send("GET", query)).status).toBe(200);
  expect(acme.requests.at(-1)?.query).toEqual({
    limit: 2,
    color: ["red", "green"],
    tags: ["a", "b"],
    range: { min: 3 },
  });
});

test("a multipart body is recorded with its file, and its fields in their types", async () => {
  const manual = new FormData();
  manual.set("pages", "12");
  manual.set("file", new Blob(["%PDF-1.7"], { type: "application/pdf" }), "manual.pdf");
  await send("PUT", "/widgets/w_1/manual", { body: manual, headers: { "x-pages": "3" } });
  expect(acme.requests.at(-1)).toMatchObject({
    operation: "PUT /widgets/{id}/manual",
    operationId: "uploadManual",
    status: 200,
    body: {
      pages: 12,
      file: { filename: "manual.pdf", contentType: "application/pdf", bytes: new TextEncoder().encode("%PDF-1.7") },
    },
  });
});

test("a created object has the members of its request, and can be read and updated", async () => {
  const created = await send("POST", "/widgets", { body: { name: "Ada", color: "green", price: null } });
  expect(created).toMatchObject({ status: 201, body: { name: "Ada", color: "green", price: null } });
  const { id } = created.body;
  expect((await send("GET", `/widgets/${id}`)).body).toEqual(created.body);
  expect((await send("PATCH", `/widgets/${id}`, { body: { name: "Grace" } })).body).toEqual({
    ...created.body,
    name: "Grace",
  });
  expect((await send("GET", `/widgets/${id}`)).body.name).toBe("Grace");
  expect((await send("POST", "/widgets", { body: { name: "Other" } })).body.id).not.toBe(id);
});

test("a fault is matched by operation, path template, path and method, and changes the provider's response", async () => {
  acme.faults.push(
    { kind: "response", status: 402, body: { reason: "declined" }, on: { method: "POST", path: "/widgets" } },
    { kind: "truncate", on: { operation: "GET /widgets/{id}" } },
    { kind: "latency", delayMs: 60, on: { path: "/widgets/{id}" } },
  );
  const unaffected = await send("GET", "/widgets");
  expect(unaffected.status).toBe(200);
  const truncated = await fetch(`${acme.url}/widgets/w_9`, { headers: { "x-acme-key": credential } });
  await expect(truncated.json()).rejects.toThrow(SyntaxError);
  const timers = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => timers.mockRestore());
  expect((await send("GET", "/widgets/w_9")).body.id).toBe("w_9");
  expect(timers.mock.calls.filter(([, delayMs]) => delayMs === 60)).toHaveLength(1);
  expect(await send("POST", "/widgets", { body: {} })).toMatchObject({ status: 402, body: { reason: "declined" } });
  expect(acme.faults).toEqual([]);
});

test("a schema without a valid value, and a reference without a target, are a 501 that names the place", async () => {
  const get = (schema: object) => ({
    get: { responses: { 200: { description: "", content: { "application/json": { schema } } } } },
  });
  const document = {
    openapi: "3.1.0",
    components: { schemas: {} },
    paths: {
      "/a": get({ $ref: "#/components/schemas/Gone" }),
      "/b": get({ type: "string", enum: ["a"], minLength: 2 }),
    },
  };
  await using broken = await fakeProvider({ document, profile: acmeProfile });
  const gone = await send("GET", "/a", { url: broken.url });
  expect(gone.status).toBe(501);
  expect(gone.body.reason).toBe(
    'GET /a: the fake provider cannot respond: reference #/components/schemas/Gone is not in the document (at "Gone")',
  );
  expect((await send("GET", "/b", { url: broken.url })).body.reason).toContain(
    "no valid sample of the schema was found",
  );
});

test("several documents make one provider, and an operation in two of them is an error", async () => {
  const other = { openapi: "3.1.0", paths: { "/gadgets": { get: { responses: { 200: { description: "" } } } } } };
  await using both = await fakeProvider({ document: [acmeDocument, other], profile: acmeProfile });
  expect((await send("GET", "/gadgets", { url: both.url })).status).toBe(200);
  expect((await send("GET", "/widgets", { url: both.url })).status).toBe(200);
  const twice = fakeProvider({ document: [other, other], profile: acmeProfile });
  await expect(twice).rejects.toThrow("two documents have GET /gadgets");
});
