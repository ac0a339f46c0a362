import { expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { fakeHandler } from "./fake-handler.js";

/** Sends requests to a fake Acme. */
function start(options: { readonly unknownIds?: "sample" } = {}) {
  const fake = fakeHandler({ document: acmeDocument, profile: acmeProfile, listLength: 3, ...options });
  const send = async (method: string, path: string, body?: object) => {
    const response = await fake.fetch(`https://api.acme.test/v2${path}`, {
      method,
      headers: { "x-acme-key": "k", "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  return { fake, send };
}

test("an id that was not created, seeded or sampled is a 404 in the provider's format, for each method and below it", async () => {
  const { send } = start();
  for (const [method, body] of [["GET"], ["PATCH", { name: "x" }], ["DELETE"]] as const) {
    expect(await send(method, "/widgets/w_unknown", body)).toMatchObject({
      status: 404,
      body: { status: 404, code: "not_found", reason: expect.stringContaining("/widgets/w_unknown does not exist") },
    });
  }
  const form = new FormData();
  form.set("file", new Blob(["x"]), "a.pdf");
  const { fake } = start();
  const request = { method: "PUT", body: form, headers: { "x-acme-key": "k", "x-pages": "1" } };
  expect((await fake.fetch("https://api.acme.test/v2/widgets/w_unknown/manual", request)).status).toBe(404);
});

test("ids that were created, seeded or sampled are found", async () => {
  const { fake, send } = start();
  const { body } = await send("POST", "/widgets", { name: "Ada" });
  expect((await send("GET", `/widgets/${body.id}`)).status).toBe(200);
  expect((await send("GET", "/widgets/Widget_3")).status).toBe(200);
  expect((await send("GET", "/widgets/Widget_4")).status).toBe(body.id === "Widget_4" ? 200 : 404);
  fake.seed("/widgets", [{ id: "w_1" }]);
  expect((await send("GET", "/widgets/w_1")).status).toBe(200);
  expect((await send("GET", "/widgets/Widget_3")).status).toBe(404);
  fake.seed("/widgets", []);
  expect((await send("GET", "/widgets/w_1")).status).toBe(404);
});

test("an id that a response has named is found, such as the parent of a widget", async () => {
  const { fake, send } = start();
  fake.seed("/widgets", [{ id: "w_1", parent: { id: "w_parent", name: "Parent" } }]);
  expect((await send("GET", "/widgets/w_parent")).status).toBe(404);
  await send("GET", "/widgets/w_1");
  expect(await send("GET", "/widgets/w_parent")).toMatchObject({ status: 200, body: { id: "w_parent" } });
});

test('with `unknownIds: "sample"` any id is read without creating it', async () => {
  const { send } = start({ unknownIds: "sample" });
  expect(await send("GET", "/widgets/w_unknown")).toMatchObject({ status: 200, body: { id: "w_unknown" } });
});
