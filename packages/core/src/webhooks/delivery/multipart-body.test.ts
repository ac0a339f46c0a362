import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { harness } from "../../../test/webhooks/harness.js";
import { dropboxSign, type formBody, multipartBody, verifyWebhook, type WebhookScheme } from "../index.js";

const key = "an API key";
const event = { event_time: "1348177752", event_type: "signature_request_sent" };
const event_hash = createHmac("sha256", key).update(`${event.event_time}${event.event_type}`).digest("hex");
const callback = {
  event: { ...event, event_hash },
  signature_request: { signature_request_id: "fa5c8a0b0f492d768749333ad6fcc214c111e967" },
};

/** A request with a form that the platform has encoded. */
async function encoded(form: FormData | URLSearchParams): Promise<{ headers: Headers; body: Uint8Array }> {
  const request = new Request("https://example.com/sign", { method: "POST", body: form });
  return { headers: request.headers, body: new Uint8Array(await request.arrayBuffer()) };
}

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

test("R36: the JSON in a multipart form of Dropbox Sign is one event, in whatever form", async () => {
  const fields = { note: "ü\r\n--not the boundary\r\n", json: JSON.stringify(callback) };
  const withFile = formOf(fields);
  withFile.append("json", new File(["{}"], "json.txt"));
  for (const form of [formOf(fields), withFile, new URLSearchParams(fields)]) {
    const { events } = await verifyWebhook(dropboxSign, await encoded(form), { secrets: key });
    expect(events).toMatchObject([
      {
        type: "signature_request_sent",
        id: `${event_hash}.fa5c8a0b0f492d768749333ad6fcc214c111e967`,
        payload: callback,
      },
    ]);
  }
});

test("R37: a multipart form of Dropbox Sign with another time, name or key is rejected", async () => {
  for (const changed of [{ event_time: "1348177753" }, { event_type: "signature_request_signed" }]) {
    const json = JSON.stringify({ event: { ...callback.event, ...changed } });
    const verifying = verifyWebhook(dropboxSign, await encoded(formOf({ json })), { secrets: key });
    await expect(verifying).rejects.toMatchObject({ reason: "wrong-secret" });
  }
  const request = await encoded(formOf({ json: JSON.stringify(callback) }));
  await expect(verifyWebhook(dropboxSign, request, { secrets: "another" })).rejects.toMatchObject({
    reason: "wrong-secret",
  });
});

test("Dropbox Sign gets the text that it expects of a success", async () => {
  const { handler, processed } = harness(dropboxSign, { secrets: key });
  const { headers, body } = await encoded(formOf({ json: JSON.stringify(callback) }));
  const send = () =>
    handler(new Request("https://example.com/sign", { method: "POST", headers, body: body as BodyInit }));
  for (const response of [await send(), await send()]) {
    // https://developers.hellosign.com/docs/events/walkthrough/
    expect([response.status, await response.text()]).toEqual([200, "Hello API Event Received"]);
  }
  expect(processed).toHaveLength(1);
});

const type = "multipart/form-data; boundary=x";
test.each<[string, string, string]>([
  ["without a boundary", "multipart/form-data", '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--'],
  ["with another boundary", type, '--y\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--y--'],
  ["that does not end", type, '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'],
  ["with a part without its blank line", type, '--x\r\nContent-Disposition: form-data; name="a"\r\n--x--'],
  ["with 1,001 parts", type, `${'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(1_001)}--x--`],
])("R54: a multipart form %s is malformed", async (_, contentType, body) => {
  const request = { headers: { "content-type": contentType }, body };
  await expect(verifyWebhook(dropboxSign, request, { secrets: key })).rejects.toMatchObject({ reason: "malformed" });
});

test("the fields of a multipart form are those that the platform reads", async () => {
  const scheme: WebhookScheme = { ...dropboxSign, event: { form: multipartBody, type: [] } };
  const form = formOf({ "a b": "1", empty: "", 'quo"te': "2" });
  form.append("a b", "3");
  const { headers, body } = await encoded(form);
  const delivery = { header: (name: string) => headers.get(name) ?? undefined } as Parameters<typeof formBody>[1];
  const text = new TextDecoder().decode(body);
  const read = multipartBody(scheme, delivery, { text, isVerified: true });
  expect([...(read ?? [])]).toEqual([
    ["a b", ["1", "3"]],
    ["empty", ""],
    // The platform escapes the quotation mark (https://html.spec.whatwg.org/#multipart-form-data).
    ["quo%22te", "2"],
  ]);
});
