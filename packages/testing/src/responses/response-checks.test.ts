import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ProviderFacts, ProviderProfile } from "@connectry/core";
import { adyen, createWebhooks, figma, github } from "@connectry/core/webhooks";
import { describe, expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { noFacts } from "../../test/contract-providers.js";
import { acmeClient } from "../../test/recording-client.js";
import { connectorContract } from "../contract/connector-contract.js";
import {
  responseChecks,
  responseProblems,
  type VendorError,
  type VendorPages,
  type VendorResponses,
  type VerifiesDeliveries,
} from "./index.js";

const source = { page: "https://docs.acme.test/errors", readOn: "2026-11-28" };
const call = { operation: "GET /widgets/{id}", params: { path: { id: "w_1" } } };
const error = (status: number, expected: Partial<VendorError["expect"]>): VendorError => ({
  source,
  call,
  response: { status, headers: { "retry-after": "3" }, body: { code: "E1", reason: "Why" } },
  expect: {
    error: "ApiError",
    code: "E1",
    message: "Why",
    requestId: null,
    attempts: ["failed"],
    ...expected,
  },
});
const page = (ids: readonly string[], after?: string) => ({
  status: 200,
  body: { results: ids.map((id) => ({ id })), ...(after && { paging: { next: { after } } }) },
});
const url = "https://api.acme.test/v2/widgets";

const responses: VendorResponses = {
  credential: "sk_test_1",
  errors: {
    400: error(400, { error: "BadRequestError" }),
    401: error(401, { error: "AuthenticationError", attempts: ["reauthenticate"] }),
    404: error(404, { error: "NotFoundError" }),
    429: error(429, { error: "RateLimitError", attempts: ["throttled", "throttled"], waitMs: 3_000 }),
    "5xx": error(503, { error: "InternalServerError", attempts: ["transient", "transient"] }),
  },
  lists: [
    {
      source,
      call: { operation: "GET /widgets", params: { query: { limit: 1 } } },
      pages: [
        { request: `${url}?limit=1`, response: page(["w_1"], "1") },
        { request: `${url}?after=1&limit=1`, response: page(["w_2"], "2") },
        { request: `${url}?limit=1&after=2`, response: page(["w_3"]) },
      ],
      items: { member: "id", values: ["w_1", "w_2", "w_3"] },
    },
  ],
  webhook: {
    source: { test: "octokit/webhooks-methods.js test/verify.test.ts", readOn: "2026-11-28" },
    secret: "mysecret",
    request: {
      headers: {
        "x-github-event": "ping",
        "x-github-delivery": "1",
        "x-hub-signature-256": "sha256=4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3",
      },
      body: '{"foo":"bar"}',
    },
    events: ["ping"],
  },
};

const profile = { ...acmeProfile, errors: { message: ["reason"], code: ["code"] } } as ProviderProfile;
const ownFacts: ProviderFacts = { ...noFacts, pages: { "/widgets": { style: 0 } } };
const run = async (changed: Partial<VendorResponses>, ofProfile: ProviderProfile = profile, facts = ownFacts) => {
  const create = (options: object) => acmeClient(options, ofProfile, facts);
  const checks = responseChecks(ofProfile, {
    create,
    responses: { ...responses, ...changed },
    webhooks: createWebhooks(github),
  });
  const failed: string[] = [];
  for (const check of checks) {
    await check.run().catch((reason: Error) => failed.push(`${check.response}: ${reason.message}`));
  }
  return { names: checks.map(({ response }) => response), failed };
};

test("each response of a vendor is a check, and all of them pass where the profile is right", async () => {
  const { names, failed } = await run({});
  expect(failed).toEqual([]);
  expect(names).toEqual(["400", "401", "404", "429", "5xx", "lists.0", "webhook"]);
});

describe("a check fails where the connector", () => {
  test.each([
    [
      "reads the message elsewhere",
      { errors: { message: ["text"], code: ["code"] } },
      ["400", "401", "404", "429", "5xx"],
    ],
    [
      "reads the code elsewhere",
      { errors: { message: ["reason"], code: ["kind"] } },
      ["400", "401", "404", "429", "5xx"],
    ],
    ["does not retry", { retry: { rules: [{ when: { status: 503 }, verdict: "failed" }] } }, ["5xx"]],
    ["takes an error for another", { retry: { rules: [{ when: { status: 404 }, verdict: "transient" }] } }, ["404"]],
    [
      "pages otherwise",
      { pagination: [{ ...acmeProfile.pagination![0], into: { in: "query", name: "cursor" } }] },
      ["lists.0"],
    ],
  ])("%s", async (_, changes, expected) => {
    const { failed } = await run({}, { ...profile, ...changes } as ProviderProfile);
    expect(failed.map((text) => text.split(":")[0])).toEqual(expected);
  });

  test("waits less than the vendor asks", async () => {
    const { failed } = await run({
      errors: { 429: error(429, { error: "RateLimitError", attempts: ["throttled", "throttled"], waitMs: 9_000 }) },
    });
    expect(failed).toEqual(["429: the second attempt must come after 9000 to 11000 ms, got 3000 ms"]);
  });

  test("accepts another signature", async () => {
    const { webhook } = responses;
    const { failed } = await run({ webhook: { ...webhook, secret: "another" } as never });
    expect(failed).toHaveLength(1);
  });
});

test("the body of a request for a page is compared where the file has it", async () => {
  const [list] = responses.lists as readonly VendorPages[];
  const style = { kind: "cursor", items: ["results"], from: { body: ["paging", "next", "after"] } } as const;
  const inBody = { ...profile, pagination: [{ ...style, into: { in: "body", name: "after" } }] } as ProviderProfile;
  const pages = (sent: readonly object[]) =>
    list?.pages.map(({ response }, index) => ({ request: url, response, body: sent[index] }));
  const lists = (sent: readonly object[]) => [
    { ...list, call: { operation: "POST /widgets", body: { limit: 1 } }, pages: pages(sent) } as VendorPages,
  ];
  const facts = { ...noFacts, pages: { "/widgets": { method: "POST", style: 0 } } };
  const sent = [{ limit: 1 }, { limit: 1, after: "1" }, { limit: 1, after: "2" }];
  expect((await run({ lists: lists(sent) }, inBody, facts)).failed).toEqual([]);
  const { failed } = await run({ lists: lists([{ limit: 1 }, { limit: 1, cursor: "1" }]) }, inBody, facts);
  expect(failed.map((text) => text.split(":")[0])).toEqual(["lists.0"]);
});

// Another body would be accepted: of these, the secret itself or single fields are all that is verified.
test.each([
  {
    // https://developers.figma.com/docs/rest-api/webhooks-events
    name: "a passcode",
    scheme: figma,
    secret: "secretpasscode",
    type: "PING",
    body: '{"event_type":"PING","passcode":"secretpasscode","webhook_id":"22"}',
  },
  {
    // Adyen/adyen-java-api-library src/test/java/com/adyen/util/HMACValidatorTest.java
    name: "fields that are signed",
    scheme: adyen,
    secret: "9064450A8892A093D9E97EFCC9639DE31B74F3A7803135555A3C96F5A57915D6",
    type: "REPORT_AVAILABLE",
    body: '{"live":"false","notificationItems":[{"NotificationRequestItem":{"additionalData":{"hmacSignature":"NuEkADFmlCC6VgX+wcoPAegIWxVPNBPCuKlM4Hzo5qc="},"amount":{"currency":"EUR","value":"0"},"eventCode":"REPORT_AVAILABLE","merchantAccountCode":"Magento2Rik","merchantReference":"testMerchantRef1","pspReference":"test_REPORT_AVAILABLE","success":"true"}}]}',
  },
])("a delivery with $name is rejected with another secret", async ({ scheme, secret, type, body }) => {
  const webhook = { source, secret, request: { headers: {}, body }, events: [type] };
  const checks = (webhooks: VerifiesDeliveries) =>
    responseChecks(profile, { create: acmeClient, responses: { ...responses, webhook }, webhooks }).filter(
      ({ response }) => response === "webhook",
    );
  expect(checks(createWebhooks(scheme))).toHaveLength(1);
  for (const { run } of checks(createWebhooks(scheme))) await run();
  const accepting = { scheme, verify: async () => ({ events: [{ type }] }) };
  for (const { run } of checks(accepting)) await expect(run()).rejects.toThrow("Missing expected rejection");
});

test("what verifies a delivery is fetched from the file, and nothing else is there", async () => {
  const address = "https://keys.example/1";
  const webhook = { ...(responses.webhook as object), fetched: { [address]: { secret: "mysecret" } } } as never;
  const webhooks = ({ fetch }: { readonly fetch: typeof globalThis.fetch }): VerifiesDeliveries => ({
    async verify(request, options) {
      expect((await fetch("https://keys.example/2")).status).toBe(404);
      const { secret } = (await (await fetch(address)).json()) as { secret: string };
      return createWebhooks(github).verify(request, { ...options, secrets: secret });
    },
  });
  const checks = responseChecks(profile, { create: acmeClient, responses: { ...responses, webhook }, webhooks });
  await checks.find(({ response }) => response === "webhook")?.run();
  expect.assertions(2);
});

test("nothing of it loads the fake", () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/ from "(\.[^"]+)\.js"/g))
      visit(join(dirname(file), `${path}.ts`));
  };
  const root = fileURLToPath(new URL("..", import.meta.url));
  visit(join(root, "responses/index.ts"));
  expect(seen.size).toBeGreaterThan(2);
  expect(
    [...seen].filter((file) => /\/(provider|faults|msw|schema|document)\//.test(file.slice(root.length - 1))),
  ).toEqual([]);
});

test("what a file of responses lacks is listed", () => {
  expect(responseProblems(responses)).toEqual([]);
  const { 404: _, ...errors } = responses.errors;
  expect(
    responseProblems({
      ...responses,
      errors: { ...errors, 429: { unconfirmed: "TODO: look for a page of the vendor" } },
      lists: [{ ...responses.lists[0], pages: [] } as never],
      webhook: { ...responses.webhook, source: { page: "docs.acme.test", readOn: "yesterday" } } as never,
    }),
  ).toEqual([
    "errors.404 is missing: a response of the vendor with its `source`, or `unconfirmed`",
    "errors.429: `unconfirmed` must say what was looked for, and where",
    "lists.0 must have three pages: the first, one in the middle, and the last",
    "webhook: `page` must be a URL",
    "webhook: `readOn` must be a day, such as 2026-11-28",
  ]);
  expect(
    responseProblems({
      ...responses,
      webhook: { unconfirmed: "Acme has no webhooks: docs.acme.test, its list of products" },
    }),
  ).toEqual([]);
});

test("the contract with responses of the vendor runs them, too, and says what the fake alone is behind", () => {
  const options = { create: (one: object) => acmeClient(one), facts: noFacts, documents: [acmeDocument] };
  const withoutResponses = connectorContract(acmeProfile, options);
  expect(new Set(withoutResponses.map(({ evidence }) => evidence))).toEqual(new Set(["fake"]));
  const checks = connectorContract(acmeProfile, { ...options, responses });
  const named = (evidence: string) => checks.filter((check) => check.evidence === evidence).map(({ name }) => name);
  expect(named("vendor")).toHaveLength(7);
  // Not the class, code and request id of an error: no response of the vendor has a request id.
  expect(named("both")).toEqual(
    [
      "a rejected credential is an AuthenticationError",
      "a request that the provider rejects is an error with the reason",
      "retry waits at least as long as Retry-After asks, in seconds and as a date",
      "a 503 is retried where that is safe, at most as often as configured",
      "every list that is paged by a cursor from paging.next.after in after of the query is iterated to its end",
    ].map((name) => `${name} (the fake, and a response of the vendor)`),
  );
  expect(named("fake").length).toBe(withoutResponses.length - named("both").length);
  for (const name of named("fake")) expect(name).toMatch(/ \(the fake alone\)$/);
});
