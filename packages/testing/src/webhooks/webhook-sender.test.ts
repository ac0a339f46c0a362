import { createWebhooks, standardWebhooks } from "@connectry/core/webhooks";
import { expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { fakeHandler } from "../provider/fake-handler.js";
import type { FakeWebhooksOptions } from "./webhook-options.js";

const secret = `whsec_${Buffer.from("a secret of some bytes").toString("base64")}`;

/** Creates a fake Acme, and requests to it. */
function start(webhooks: FakeWebhooksOptions) {
  const fake = fakeHandler({ document: acmeDocument, profile: acmeProfile, webhooks });
  const send = (method: string, path: string, body?: object) =>
    fake.fetch(`https://api.acme.test/v2${path}`, {
      method,
      headers: { "x-acme-key": "k", "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
  return { fake, send };
}

test("a provider whose document has no events delivers what `event` makes of a change, in the scheme that was passed", async () => {
  const received: unknown[] = [];
  const url = createWebhooks(standardWebhooks).handler({
    secrets: secret,
    otherwise: ({ payload }) => void received.push(payload),
  });
  const event: FakeWebhooksOptions["event"] = ({ kind, resource, object, before }) =>
    kind === "deleted" ? undefined : { type: `${resource}.${kind}`, body: { type: kind, object, before } };
  const { fake, send } = start({ url, secret, scheme: standardWebhooks, event });
  const widget = await (await send("POST", "/widgets", { name: "Ada" })).json();
  await send("PATCH", `/widgets/${widget.id}`, { name: "Grace" });
  await send("DELETE", `/widgets/${widget.id}`);
  await send("GET", "/widgets");
  await fake.delivered();
  expect(received).toMatchObject([
    { type: "created", object: widget },
    { type: "updated", object: { ...widget, name: "Grace" }, before: widget },
  ]);
  expect(fake.deliveries).toMatchObject([
    { type: "widgets.created", operation: "POST /widgets", attempt: 1, status: 204 },
    { type: "widgets.updated", operation: "PATCH /widgets/{id}", attempt: 1, status: 204 },
  ]);
});

test("reset ends the repetitions", async () => {
  const url = async () => new Response(null, { status: 500 });
  const event = () => ({ type: "changed", body: {} });
  const { fake, send } = start({ url, secret, scheme: standardWebhooks, event, retryDelaysMs: [60_000] });
  await send("POST", "/widgets", { name: "Ada" });
  await expect.poll(() => fake.deliveries.length).toBe(1);
  const delivered = fake.delivered();
  fake.reset();
  await delivered;
  expect(fake.deliveries).toEqual([]);
});

test.each<[Partial<FakeWebhooksOptions>, string]>([
  [{}, "webhooks: it is not known how Acme signs: pass `scheme`"],
  [{ scheme: standardWebhooks }, "webhooks: the document of Acme does not describe its events: pass `event`"],
])("webhooks with %j only are an error", (options, message) => {
  expect(() => start({ url: "http://localhost/", secret, ...options })).toThrow(message);
});
