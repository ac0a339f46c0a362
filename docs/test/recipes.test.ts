import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDocuments } from "@connectry/codegen";
import type { PageCursor } from "@connectry/core";
import * as slack from "@connectry/slack";
import { webhooks as slackWebhooks } from "@connectry/slack/webhooks";
import * as stripe from "@connectry/stripe";
import { fakeHandler, fakeProvider, signWebhook } from "@connectry/testing";
import { expect, onTestFinished, test } from "vitest";
import { createAcme } from "../../packages/core/test/acme.ts";
import { eventServer, sse } from "../../packages/core/test/event-server.ts";
import { streamText } from "../recipes/ai-streaming.ts";
import { createBot } from "../recipes/bot.ts";
import { createBilling } from "../recipes/multi-tenant.ts";
import { type Store, syncCustomers } from "../recipes/sync-job.ts";
import { firstCall } from "../snippets/first-call.ts";
import { createCustomer } from "../snippets/first-test.ts";

const documentOf = async (id: string) => (await loadDocuments(id)).map(({ json }) => json);

test("the sync job goes on after the last page that was saved, and copies every customer once", async () => {
  const fake = fakeHandler({ document: await documentOf("stripe"), profile: stripe.profile, facts: stripe.facts });
  const client = stripe.createStripe({ auth: "sk_test_any", fetch: fake.fetch });
  const copied: string[] = [];
  let kept: PageCursor | undefined;
  let pages = 0;
  const store: Store = {
    readCursor: async () => kept,
    savePage: async (customers, cursor) => {
      pages += 1;
      if (pages === 2) throw new Error("killed");
      copied.push(...customers.map(({ id }) => id));
      kept = cursor;
    },
  };
  await expect(syncCustomers(client, store)).rejects.toThrow("killed");
  expect(copied).toHaveLength(10);
  await syncCustomers(client, store);
  expect(copied).toHaveLength(25);
  expect(new Set(copied).size).toBe(25);
});

test("the billing of several accounts sends each invoice with the key of its account", async () => {
  const document = await documentOf("stripe");
  await using server = await fakeProvider({
    document,
    profile: stripe.profile,
    facts: stripe.facts,
    unknownIds: "sample",
  });
  const billing = createBilling({ baseUrl: server.url, keyOf: async (account) => `sk_test_${account}` });
  for (const account of ["a", "b", "a"]) await billing.invoice(account, { user: "u1", customer: "cus_1" });
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer sk_test_a",
    "Bearer sk_test_b",
    "Bearer sk_test_a",
  ]);
});

test("the bot responds once to a mention that is delivered twice", async () => {
  const fake = fakeHandler({ document: await documentOf("slack"), profile: slack.profile, facts: slack.facts });
  const POST = createBot(slack.createSlack({ auth: "xoxb-any", fetch: fake.fetch }), "8f742231b10e");
  const body = {
    type: "event_callback",
    event_id: "Ev1",
    event: { type: "app_mention", user: "U1", channel: "C1" },
  };
  for (const _ of [1, 2]) await POST(await signWebhook(slackWebhooks.scheme, body, { secret: "8f742231b10e" }));
  expect(fake.requests.map((request) => request.body)).toEqual([{ channel: "C1", text: "Hello, <@U1>." }]);
});

test("the text of a model arrives in pieces", async () => {
  const delta = (text: string) => sse({ type: "response.output_text.delta", delta: text });
  const server = await eventServer((response) => response.end(delta("Hel") + delta("lo") + sse({ type: "done" })));
  const pieces: string[] = [];
  const options = { write: (text: string) => void pieces.push(text), signal: new AbortController().signal };
  await streamText(createAcme({ baseUrl: server.url }) as never, "Hi", options);
  expect(pieces).toEqual(["Hel", "lo"]);
});

test("the programs of the first page make their call", async () => {
  const [json] = await documentOf("stripe");
  const folder = await mkdtemp(join(tmpdir(), "connectry-docs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "stripe.json"), JSON.stringify(json));
  expect(await createCustomer(join(folder, "stripe.json"))).toBe("ada@example.com");

  const fake = fakeHandler({ document: json as object, profile: stripe.profile, facts: stripe.facts });
  const client = stripe.createStripe({ auth: "sk_test_any", fetch: fake.fetch });
  expect(await firstCall(client, "ada@example.com")).toMatch(/./);
});
