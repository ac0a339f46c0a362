import { loadDocuments } from "@connectry/codegen";
import * as githubConnector from "@connectry/github";
import * as slackConnector from "@connectry/slack";
import * as stripeConnector from "@connectry/stripe";
import { type FakeProvider, fakeProvider } from "@connectry/testing";
import { expect, onTestFinished, test } from "vitest";
import * as axiosAfter from "../guides/axios-retry/after.ts";
import * as axiosBefore from "../guides/axios-retry/before.ts";
import * as bottleneckAfter from "../guides/bottleneck-node-cache/after.ts";
import * as bottleneckBefore from "../guides/bottleneck-node-cache/before.ts";
import * as graphqlAfter from "../guides/graphql-request/after.ts";
import * as graphqlBefore from "../guides/graphql-request/before.ts";
import * as octokitAfter from "../guides/octokit/after.ts";
import * as octokitBefore from "../guides/octokit/before.ts";
import * as openapiAfter from "../guides/openapi-fetch/after.ts";
import * as openapiBefore from "../guides/openapi-fetch/before.ts";
import * as slackAfter from "../guides/slack-web-api/after.ts";
import * as slackBefore from "../guides/slack-web-api/before.ts";
import * as stripeAfter from "../guides/stripe-node/after.ts";
import * as stripeBefore from "../guides/stripe-node/before.ts";

const connectors = { stripe: stripeConnector, github: githubConnector, slack: slackConnector };

async function startFake(id: keyof typeof connectors): Promise<FakeProvider> {
  const document = (await loadDocuments(id)).map(({ json }) => json);
  const { profile, facts } = connectors[id];
  const server = await fakeProvider({ document, profile, facts, unknownIds: "sample" });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

type Program<T> = (credential: string, address: URL) => Promise<T>;

/** Runs both programs, each against a fresh fake of the same provider; returns what each returned and sent. */
async function runBoth<T>(
  id: keyof typeof connectors,
  [before, after]: readonly [Program<T>, Program<T>],
  prepare: (server: FakeProvider) => void = () => {},
) {
  const results = [];
  for (const program of [before, after]) {
    const server = await startFake(id);
    prepare(server);
    const result = await program("token_any", new URL(server.url));
    results.push({ result, sent: server.requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`) });
  }
  const [first, second] = results;
  return { before: first!, after: second! };
}

test("from stripe-node: both create a customer and a payment, and read the list to its end", async () => {
  const { before, after } = await runBoth("stripe", [stripeBefore.charge, stripeAfter.charge]);
  expect(before.result).toEqual(["1000 usd"]);
  expect(after).toEqual(before);
});

test("from Octokit: both create an issue and read all pages", async () => {
  const { before, after } = await runBoth("github", [octokitBefore.openIssues, octokitAfter.openIssues]);
  expect(before.result).toContain("It is broken");
  expect(after).toEqual(before);
});

test("from @slack/web-api: both read Slack's code of a message that fails, and post the other", async () => {
  const { before, after } = await runBoth("slack", [slackBefore.announce, slackAfter.announce], (server) => {
    server.faults.push({ kind: "response", status: 200, body: { ok: false, error: "is_archived" } });
  });
  expect(before.result).toEqual(["is_archived", "posted"]);
  expect(after.result).toEqual(before.result);
  expect(after.sent.map((request) => request.replace("/api/", "/"))).toEqual(
    before.sent.map((request) => request.replace("/api/", "/")),
  );
});

test("from axios and axios-retry: both send a read again after a 503", async () => {
  const { before, after } = await runBoth("stripe", [axiosBefore.customerOf, axiosAfter.customerOf], (server) => {
    server.faults.push({ kind: "response", status: 503, on: { method: "GET" } });
  });
  expect(before.result).toBe("ada@example.com");
  expect(before.sent).toHaveLength(3);
  expect(after).toEqual(before);
});

test("from openapi-fetch: the call stays as it is", async () => {
  const { before, after } = await runBoth("stripe", [openapiBefore.readCustomer, openapiAfter.readCustomer]);
  expect(before.result).toBe("3 customers");
  expect(after).toEqual(before);
});

test("from graphql-request: both send the query and read its data", async () => {
  const { before, after } = await runBoth("github", [graphqlBefore.login, graphqlAfter.login], (server) => {
    server.graphql("Viewer", { data: { viewer: { login: "octocat" } } });
  });
  expect(before.result).toBe("octocat");
  expect(after).toEqual(before);
});

test("from bottleneck and node-cache: both send one request for two reads", async () => {
  const { before, after } = await runBoth("github", [bottleneckBefore.descriptions, bottleneckAfter.descriptions]);
  expect(before.sent).toHaveLength(1);
  expect(after).toEqual(before);
});
