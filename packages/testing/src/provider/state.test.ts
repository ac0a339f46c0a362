import { expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../fixtures/acme.js";
import { sundryDocument, sundryProfile } from "../fixtures/sundry.js";
import { type FakeProvider, fakeProvider } from "./fake-provider.js";

const form = "application/x-www-form-urlencoded";

interface Sent {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever its server answered
  readonly body: any;
}

async function send(server: FakeProvider, method: string, path: string, body?: object): Promise<Sent> {
  const isForm = body instanceof URLSearchParams;
  const response = await fetch(`${server.url}${path}`, {
    method,
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
    headers: { "x-acme-key": "k", ...(body && { "content-type": isForm ? form : "application/json" }) },
  });
  const answer = await response.text();
  return { status: response.status, body: answer === "" ? undefined : JSON.parse(answer) };
}

const start = () => fakeProvider({ document: sundryDocument, profile: sundryProfile, listLength: 3 });

test("what was created is read, listed first, updated, and deleted: after that it is not there", async () => {
  await using acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile, listLength: 3 });
  const { body: ada } = await send(acme, "POST", "/widgets", { name: "Ada" });
  expect((await send(acme, "GET", `/widgets/${ada.id}`)).body).toEqual(ada);
  const { body: changed } = await send(acme, "PATCH", `/widgets/${ada.id}`, { name: "Grace" });
  expect(changed).toEqual({ ...ada, name: "Grace" });
  const listed = (await send(acme, "GET", "/widgets")).body.results;
  expect([listed.length, listed[0]]).toEqual([4, changed]);
  expect((await send(acme, "DELETE", `/widgets/${ada.id}`)).status).toBe(204);
  expect((await send(acme, "GET", "/widgets")).body.results).toEqual(listed.slice(1));
  for (const [method, body] of [["GET"], ["PATCH", {}], ["DELETE"]] as const) {
    expect(await send(acme, method, `/widgets/${ada.id}`, body)).toMatchObject({
      status: 404,
      body: { status: 404, code: "not_found", reason: expect.stringContaining("was deleted") },
    });
  }
});

test("what a list was filled with is updated and deleted as well, before the list is read and after", async () => {
  await using server = await fakeProvider({ document: acmeDocument, profile: acmeProfile, listLength: 3 });
  await send(server, "DELETE", "/widgets/Widget_2");
  await send(server, "PATCH", "/widgets/Widget_3", { name: "Ada" });
  const listed = (await send(server, "GET", "/widgets")).body.results;
  expect(listed.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual([
    ["Widget_1", "name_1"],
    ["Widget_3", "Ada"],
  ]);
  await send(server, "DELETE", "/widgets/Widget_1");
  expect((await send(server, "GET", "/widgets")).body.results).toEqual([listed[1]]);
});

test("seeded items are deleted and updated like others", async () => {
  await using server = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  server.seed("/widgets", [{ id: "a", name: "Ada" }, { id: "b" }]);
  await send(server, "PATCH", "/widgets/a", { name: "Grace" });
  await send(server, "DELETE", "/widgets/b");
  expect((await send(server, "GET", "/widgets")).body.results).toMatchObject([{ id: "a", name: "Grace" }]);
});

test("an object is named by the member that its path names, a number after the others of its list", async () => {
  await using server = await start();
  const { body: first } = await send(server, "POST", "/repos/ada/issues", { title: "Broken" });
  const { body: second } = await send(server, "POST", "/repos/ada/issues", { title: "Again" });
  expect([first.number, second.number]).toEqual([4, 5]);
  expect((await send(server, "GET", "/repos/ada/issues/4")).body).toEqual(first);
  // The list has another schema, and knows what it can of it.
  const listed = (await send(server, "GET", "/repos/ada/issues")).body;
  expect(listed.map(({ number }: { number: number }) => number)).toEqual([5, 4, 1, 2, 3]);
  expect(listed[1]).toMatchObject({ number: 4, title: "Broken", url: expect.any(String) });
  await send(server, "PATCH", "/repos/ada/issues/4", { state: "closed" });
  expect((await send(server, "GET", "/repos/ada/issues/4")).body).toEqual({ ...first, state: "closed" });
  expect((await send(server, "GET", "/repos/grace/issues")).body).toHaveLength(3);
});

test("below what was deleted nothing is there, and beside it everything", async () => {
  await using server = await start();
  await send(server, "POST", "/repos/ada/issues", { title: "Broken" });
  expect((await send(server, "GET", "/repos/ada/issues")).body).toHaveLength(4);
  await send(server, "DELETE", "/repos/ada");
  for (const path of ["/repos/ada/issues", "/repos/ada/issues/4", "/repos/ada/issues/4/comments"])
    expect((await send(server, "GET", path)).status, path).toBe(404);
  expect((await send(server, "POST", "/repos/ada/issues", { title: "x" })).status).toBe(404);
  expect((await send(server, "GET", "/repos/adam/issues")).status).toBe(200);
  // What is put there again has nothing of what was below it.
  await send(server, "PUT", "/repos/ada");
  expect((await send(server, "GET", "/repos/ada/issues")).body).toHaveLength(3);
  expect((await send(server, "GET", "/repos/ada/issues/4")).body.title).not.toBe("Broken");
});

test("a name that the request gives is the object's, also where the answer is empty, and can be given again", async () => {
  await using server = await start();
  await send(server, "POST", "/labels", { name: "needs work", color: "red" });
  expect((await send(server, "GET", "/labels/needs%20work")).body).toEqual({ name: "needs work", color: "red" });
  expect((await send(server, "GET", "/labels")).body[0]).toEqual({ name: "needs work", color: "red" });
  await send(server, "DELETE", "/labels/needs%20work");
  expect((await send(server, "GET", "/labels/needs%20work")).status).toBe(404);
  await send(server, "POST", "/labels", { name: "needs work", color: "blue" });
  expect((await send(server, "GET", "/labels/needs%20work")).body.color).toBe("blue");
});

test("a PUT creates what is not there, once", async () => {
  await using server = await start();
  const names = async () =>
    (await send(server, "GET", "/secrets")).body.secrets.map(({ name }: { name: string }) => name);
  await send(server, "PUT", "/secrets/TOKEN", { value: "a" });
  await send(server, "PUT", "/secrets/TOKEN", { value: "b" });
  expect(await names()).toEqual(["TOKEN", "name_1", "name_2", "name_3"]);
  expect((await send(server, "GET", "/secrets/TOKEN")).body.name).toBe("TOKEN");
  await send(server, "DELETE", "/secrets/TOKEN");
  expect(await names()).toEqual(["name_1", "name_2", "name_3"]);
  await send(server, "PUT", "/secrets/TOKEN", { value: "c" });
  expect((await names())[0]).toBe("TOKEN");
});

test("paths with an ending, ids in a pattern, fields in another spelling", async () => {
  await using server = await start();
  const { body: sent } = await send(
    server,
    "POST",
    "/Messages.json",
    new URLSearchParams({ To: "+1", Body: "Hi", SendAt: "now" }),
  );
  expect(sent).toMatchObject({ sid: expect.stringMatching(/^SM[0-9a-f]{8}$/), to: "+1", body: "Hi", send_at: "now" });
  expect((await send(server, "GET", `/Messages/${sent.sid}.json`)).body).toEqual(sent);
  const { body: redacted } = await send(
    server,
    "POST",
    `/Messages/${sent.sid}.json`,
    new URLSearchParams({ Body: "..." }),
  );
  expect(redacted).toEqual({ ...sent, body: "..." });
  expect((await send(server, "GET", "/Messages.json")).body.messages[0]).toEqual(redacted);
  await send(server, "DELETE", `/Messages/${sent.sid}.json`);
  expect((await send(server, "GET", `/Messages/${sent.sid}.json`)).status).toBe(404);
});

test("an update adds to a map, and a search finds what was created", async () => {
  await using server = await start();
  const { body: contact } = await send(server, "POST", "/contacts", { properties: { email: "ada@example.com" } });
  const { body: changed } = await send(server, "PATCH", `/contacts/${contact.id}`, { properties: { city: "London" } });
  expect(changed).toEqual({ ...contact, properties: { email: "ada@example.com", city: "London" } });
  expect((await send(server, "POST", "/contacts/search", {})).body.results[0]).toEqual(changed);
});

test("an action answers with its object, and what a DELETE answers with as a GET would is still there", async () => {
  await using server = await start();
  const { body: canceled } = await send(server, "POST", "/plans/p_1/cancel", { status: "canceled" });
  expect(canceled).toEqual({ id: "p_1", status: "canceled" });
  expect((await send(server, "GET", "/plans/p_1")).body).toEqual(canceled);
  expect((await send(server, "DELETE", "/plans/p_1")).body).toEqual(canceled);
  expect((await send(server, "GET", "/plans/p_1")).body).toEqual(canceled);
});

test("a single object is read as it was written, and gone when it was deleted", async () => {
  await using server = await start();
  await send(server, "PUT", "/settings", { theme: "dark" });
  expect((await send(server, "GET", "/settings")).body).toEqual({ theme: "dark" });
  await send(server, "DELETE", "/settings");
  expect((await send(server, "GET", "/settings")).status).toBe(404);
  await send(server, "PUT", "/settings", { theme: "light" });
  expect((await send(server, "GET", "/settings")).body).toEqual({ theme: "light" });
});

test("R47: members that are named like an object's own machinery are data", async () => {
  await using server = await start();
  const hostile = JSON.parse('{"properties":{"__proto__":"x","constructor":"y"}}');
  const { body } = await send(server, "POST", "/contacts", hostile);
  expect(Object.keys(body.properties).sort()).toEqual(["__proto__", "constructor"]);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});
