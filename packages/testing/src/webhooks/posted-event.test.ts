import { createWebhooks, github, hubspot, slack, twilio, type WebhookScheme } from "@connectry/core/webhooks";
import { expect, onTestFinished, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { fakeProvider } from "../provider/fake-provider.js";

const secret = "a-secret";
const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };

/** A server whose provider signs in a scheme, and an endpoint that verifies; what is posted is delivered to it. */
async function start(scheme: WebhookScheme) {
  const received: { readonly type: string; readonly payload: unknown }[] = [];
  const url = createWebhooks(scheme).handler({
    secrets: secret,
    otherwise: ({ type, payload }) => void received.push({ type, payload }),
  });
  const profile = { ...acmeProfile, id: scheme.id, name: scheme.name };
  const server = await fakeProvider({ document: acmeDocument, profile, control: true, webhooks: { url, secret } });
  onTestFinished(() => server.close());
  const { origin } = new URL(server.url);
  const post = (body: string, headers: Record<string, string>, query = "") =>
    fetch(`${origin}/-/events${query}`, { method: "POST", headers, body });
  return { received, server, post, origin };
}

// Bodies as the vendors' pages show them.
interface Posted {
  readonly scheme: WebhookScheme;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly type: string;
}

test.each<Posted>([
  // https://developers.hubspot.com/docs/api-reference/legacy/webhooks/guide
  {
    scheme: hubspot,
    headers: json,
    body: '[{"objectId":1246965,"propertyName":"lifecyclestage","propertyValue":"subscriber","subscriptionType":"contact.propertyChange","eventId":3816279340}]',
    type: "contact.propertyChange",
  },
  // https://docs.slack.dev/apis/events-api/
  {
    scheme: slack,
    headers: json,
    body: '{"type":"event_callback","event_id":"Ev1","event":{"type":"reaction_added","user":"U1"}}',
    type: "reaction_added",
  },
  // https://docs.slack.dev/interactivity/implementing-slash-commands
  {
    scheme: slack,
    headers: form,
    body: "command=%2Fweather&text=94070&trigger_id=13345224609.738474920",
    type: "/weather",
  },
  // https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
  {
    scheme: twilio,
    headers: form,
    body: "MessageSid=SM1&MessageStatus=delivered&To=%2B15558675310",
    type: "delivered",
  },
])("a posted event is signed as $scheme.name signs, and delivered: $type", async ({ scheme, headers, body, type }) => {
  const { received, server, post, origin } = await start(scheme);
  const response = await post(body, headers);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ type, attempt: 1, operation: "POST /-/events" });
  expect(received).toMatchObject([{ type }]);
  expect(server.deliveries).toHaveLength(1);
  expect(await (await fetch(`${origin}/-/deliveries`)).json()).toMatchObject([{ type }]);
  // No request to the provider.
  expect(server.requests).toEqual([]);
});

test("the type is that of the query where a header has it, and a JSON body needs no content-type", async () => {
  const { received, post } = await start(github);
  const response = await post('{"ref":"refs/heads/main"}', form, "?type=push");
  expect(await response.json()).toMatchObject({ type: "push" });
  expect(received).toMatchObject([{ type: "push", payload: { ref: "refs/heads/main" } }]);
});

test("what is not an event is a 400, and without an endpoint there is a 409", async () => {
  const { post, received } = await start(slack);
  const response = await post("not JSON", json);
  expect([response.status, (await response.json()).error]).toEqual([400, expect.stringContaining("JSON, or a form")]);
  expect(received).toEqual([]);

  const server = await fakeProvider({ document: acmeDocument, profile: acmeProfile, control: true });
  onTestFinished(() => server.close());
  const none = await fetch(`${new URL(server.url).origin}/-/events`, { method: "POST", body: "{}" });
  expect([none.status, (await none.json()).error]).toEqual([409, expect.stringContaining("--webhook")]);
});
