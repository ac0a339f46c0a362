import { expect, test } from "vitest";
import { type FakeProvider, fakeProvider } from "../../src/provider/fake-provider.js";
import { acmeDocument, acmeProfile } from "../acme.js";
import { miscDocument, miscProfile } from "../misc-document.js";

const form = "application/x-www-form-urlencoded";

interface Received {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any body that its server sent
  readonly body: any;
}

/** Sends a request, such as `POST /widgets`, to a server. */
async function send(server: FakeProvider, request: string, body?: object): Promise<Received> {
  const [method, path] = request.split(" ");
  const isForm = body instanceof URLSearchParams;
  const response = await fetch(`${server.url}${path}`, {
    method,
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
    headers: { "x-acme-key": "k", ...(body && { "content-type": isForm ? form : "application/json" }) },
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

const start = () => fakeProvider({ document: miscDocument, profile: miscProfile, listLength: 3 });

test("a created object is read, listed first, updated and deleted: then it is a 404", async () => {
  await using acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile, listLength: 3 });
  const { body: ada } = await send(acme, "POST /widgets", { name: "Ada" });
  expect((await send(acme, `GET /widgets/${ada.id}`)).body).toEqual(ada);
  const { body: changed } = await send(acme, `PATCH /widgets/${ada.id}`, { name: "Grace" });
  expect(changed).toEqual({ ...ada, name: "Grace" });
  const listed = (await send(acme, "GET /widgets")).body.results;
  expect([listed.length, listed[0]]).toEqual([4, changed]);
  expect((await send(acme, `DELETE /widgets/${ada.id}`)).status).toBe(204);
  expect((await send(acme, "GET /widgets")).body.results).toEqual(listed.slice(1));
  for (const [method, body] of [["GET"], ["PATCH", {}], ["DELETE"]] as const) {
    expect(await send(acme, `${method} /widgets/${ada.id}`, body)).toMatchObject({
      status: 404,
      body: { status: 404, code: "not_found", reason: expect.stringContaining("was deleted") },
    });
  }
});

test("a sampled item is updated and deleted, before its list is read and after", async () => {
  await using server = await fakeProvider({ document: acmeDocument, profile: acmeProfile, listLength: 3 });
  await send(server, "DELETE /widgets/Widget_2");
  await send(server, "PATCH /widgets/Widget_3", { name: "Ada" });
  const listed = (await send(server, "GET /widgets")).body.results;
  expect(listed.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual([
    ["Widget_1", "name_1"],
    ["Widget_3", "Ada"],
  ]);
  await send(server, "DELETE /widgets/Widget_1");
  expect((await send(server, "GET /widgets")).body.results).toEqual([listed[1]]);
});

test("a seeded item is updated and deleted", async () => {
  await using server = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  server.seed("/widgets", [{ id: "a", name: "Ada" }, { id: "b" }]);
  await send(server, "PATCH /widgets/a", { name: "Grace" });
  await send(server, "DELETE /widgets/b");
  expect((await send(server, "GET /widgets")).body.results).toMatchObject([{ id: "a", name: "Grace" }]);
});

test("a created object gets the id of its path, and a number after the other items of its list", async () => {
  await using server = await start();
  const { body: first } = await send(server, "POST /repos/ada/issues", { title: "Broken" });
  const { body: second } = await send(server, "POST /repos/ada/issues", { title: "Again" });
  expect([first.number, second.number]).toEqual([4, 5]);
  expect((await send(server, "GET /repos/ada/issues/4")).body).toEqual(first);
  // The list has another schema, with the members that both have.
  const listed = (await send(server, "GET /repos/ada/issues")).body;
  expect(listed.map(({ number }: { number: number }) => number)).toEqual([5, 4, 1, 2, 3]);
  expect(listed[1]).toMatchObject({ number: 4, title: "Broken", url: expect.any(String) });
  await send(server, "PATCH /repos/ada/issues/4", { state: "closed" });
  expect((await send(server, "GET /repos/ada/issues/4")).body).toEqual({ ...first, state: "closed" });
  expect((await send(server, "GET /repos/grace/issues")).body).toHaveLength(3);
});

test("everything below a deleted object is deleted, and nothing next to it", async () => {
  await using server = await start();
  await send(server, "POST /repos/ada/issues", { title: "Broken" });
  expect((await send(server, "GET /repos/ada/issues")).body).toHaveLength(4);
  await send(server, "DELETE /repos/ada");
  for (const path of ["/repos/ada/issues", "/repos/ada/issues/4", "/repos/ada/issues/4/comments"])
    expect((await send(server, `GET ${path}`)).status, path).toBe(404);
  expect((await send(server, "POST /repos/ada/issues", { title: "x" })).status).toBe(404);
  expect((await send(server, "GET /repos/adam/issues")).status).toBe(200);
  // An object that is created again has nothing of what was below it.
  await send(server, "PUT /repos/ada");
  expect((await send(server, "GET /repos/ada/issues")).body).toHaveLength(3);
  expect((await send(server, "GET /repos/ada/issues/4")).body.title).not.toBe("Broken");
});

test("a name in a request is the id of the object, also where the response is empty, and can be used again after a DELETE", async () => {
  await using server = await start();
  await send(server, "POST /labels", { name: "needs work", color: "red" });
  expect((await send(server, "GET /labels/needs%20work")).body).toEqual({ name: "needs work", color: "red" });
  expect((await send(server, "GET /labels")).body[0]).toEqual({ name: "needs work", color: "red" });
  await send(server, "DELETE /labels/needs%20work");
  expect((await send(server, "GET /labels/needs%20work")).status).toBe(404);
  await send(server, "POST /labels", { name: "needs work", color: "blue" });
  expect((await send(server, "GET /labels/needs%20work")).body.color).toBe("blue");
});

test("a PUT creates an object that does not exist, once", async () => {
  await using server = await start();
  const names = async () => (await send(server, "GET /secrets")).body.secrets.map(({ name }: { name: string }) => name);
  await send(server, "PUT /secrets/TOKEN", { value: "a" });
  await send(server, "PUT /secrets/TOKEN", { value: "b" });
  expect(await names()).toEqual(["TOKEN", "name_1", "name_2", "name_3"]);
  expect((await send(server, "GET /secrets/TOKEN")).body.name).toBe("TOKEN");
  await send(server, "DELETE /secrets/TOKEN");
  expect(await names()).toEqual(["name_1", "name_2", "name_3"]);
  await send(server, "PUT /secrets/TOKEN", { value: "c" });
  expect((await names())[0]).toBe("TOKEN");
});

test("paths with an extension, ids with a pattern and fields in another case are supported", async () => {
  await using server = await start();
  const { body: sent } = await send(
    server,
    "POST /Messages.json",
    new URLSearchParams({ To: "+1", Body: "Hi", SendAt: "now" }),
  );
  expect(sent).toMatchObject({ sid: expect.stringMatching(/^SM[0-9a-f]{8}$/), to: "+1", body: "Hi", send_at: "now" });
  expect((await send(server, `GET /Messages/${sent.sid}.json`)).body).toEqual(sent);
  const { body: redacted } = await send(
    server,
    `POST /Messages/${sent.sid}.json`,
    new URLSearchParams({ Body: "..." }),
  );
  expect(redacted).toEqual({ ...sent, body: "..." });
  expect((await send(server, "GET /Messages.json")).body.messages[0]).toEqual(redacted);
  await send(server, `DELETE /Messages/${sent.sid}.json`);
  expect((await send(server, `GET /Messages/${sent.sid}.json`)).status).toBe(404);
});

test("an update adds members to a map, and a search finds created objects", async () => {
  await using server = await start();
  const { body: contact } = await send(server, "POST /contacts", { properties: { email: "ada@example.com" } });
  const { body: changed } = await send(server, `PATCH /contacts/${contact.id}`, { properties: { city: "London" } });
  expect(changed).toEqual({ ...contact, properties: { email: "ada@example.com", city: "London" } });
  expect((await send(server, "POST /contacts/search", {})).body.results[0]).toEqual(changed);
});

test("an action returns its object, and an object that a DELETE returns as a GET does still exists", async () => {
  await using server = await start();
  const { body: canceled } = await send(server, "POST /plans/p_1/cancel", { status: "canceled" });
  expect(canceled).toEqual({ id: "p_1", status: "canceled" });
  expect((await send(server, "GET /plans/p_1")).body).toEqual(canceled);
  expect((await send(server, "DELETE /plans/p_1")).body).toEqual(canceled);
  expect((await send(server, "GET /plans/p_1")).body).toEqual(canceled);
});

test("an object without a list is read as it was written, and deleted", async () => {
  await using server = await start();
  await send(server, "PUT /settings", { theme: "dark" });
  expect((await send(server, "GET /settings")).body).toEqual({ theme: "dark" });
  await send(server, "DELETE /settings");
  expect((await send(server, "GET /settings")).status).toBe(404);
  await send(server, "PUT /settings", { theme: "light" });
  expect((await send(server, "GET /settings")).body).toEqual({ theme: "light" });
});

test("R47: members named __proto__ and constructor are data", async () => {
  await using server = await start();
  const hostile = JSON.parse('{"properties":{"__proto__":"x","constructor":"y"}}');
  const { body } = await send(server, "POST /contacts", hostile);
  expect(Object.keys(body.properties).sort()).toEqual(["__proto__", "constructor"]);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});
