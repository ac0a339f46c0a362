import { canaryScan } from "@connectry/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mcpHandler } from "../../src/server/mcp-handler.js";
import { connectClient, textOf } from "../connect-client.js";
import { canary, type FakedProvider, fakedProvider } from "../providers.js";
import { serveHandler } from "../serve-handler.js";

/** What an agent asks each provider: words, the operation that it looks for, a list, and a write of the vendor's first steps. */
const cases = {
  stripe: {
    questions: {
      "refund a payment": "POST /v1/refunds",
      "list customers": "GET /v1/customers",
      "get balance": "GET /v1/balance",
    },
    list: { operation: "GET /v1/customers", query: { limit: 3 } },
    write: { operation: "POST /v1/refunds", body: { charge: "ch_1", amount: 100 } },
  },
  github: {
    questions: {
      "create an issue": "POST /repos/{owner}/{repo}/issues",
      "list pull requests of a repository": "GET /repos/{owner}/{repo}/pulls",
      "merge a pull request": "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
    },
    list: {
      operation: "GET /repos/{owner}/{repo}/issues",
      path: { owner: "octocat", repo: "hello" },
      query: { per_page: 3 },
    },
    write: {
      operation: "POST /repos/{owner}/{repo}/issues",
      path: { owner: "octocat", repo: "hello" },
      body: { title: "Found a bug" },
    },
  },
  hubspot: {
    questions: {
      "create a contact": "POST /crm/v3/objects/contacts",
      "search companies": "POST /crm/v3/objects/companies/search",
    },
    list: { operation: "GET /crm/v3/objects/contacts", query: { limit: 3 } },
    write: {
      operation: "POST /crm/v3/objects/contacts",
      body: { properties: { email: "a@example.com" }, associations: [] },
    },
  },
  slack: {
    questions: { "post a message": "POST /chat.postMessage", "user by email": "GET /users.lookupByEmail" },
    list: { operation: "GET /conversations.list", query: { limit: 3 } },
    write: { operation: "POST /chat.postMessage", body: { channel: "C1234567890", text: "Hello" } },
  },
  twilio: {
    questions: {
      "send a message": "POST /2010-04-01/Accounts/{AccountSid}/Messages.json",
      "list calls": "GET /2010-04-01/Accounts/{AccountSid}/Calls.json",
    },
    list: { operation: "GET /2010-04-01/Accounts/{AccountSid}/Messages.json", query: { PageSize: 3 } },
    write: {
      operation: "POST /2010-04-01/Accounts/{AccountSid}/Messages.json",
      body: { To: "+15558675310", From: "+15557122661", Body: "Hi there" },
    },
  },
};

describe.each(Object.entries(cases))("%s, by the official client over HTTP", (name, { questions, list, write }) => {
  let provider: FakedProvider;
  let client: Awaited<ReturnType<typeof connectClient>>;
  let close: () => Promise<void>;
  const results: string[] = [];
  const call = async (tool: string, given: object) => {
    const result = await client.callTool({ name: tool, arguments: { ...given } });
    const text = textOf(result);
    results.push(text);
    return { text, isError: result.isError };
  };

  beforeAll(async () => {
    provider = await fakedProvider(name);
    const allow = ["GET *", "POST /crm/v3/objects/companies/search", write.operation].filter(
      (pattern) => !pattern.includes("companies") || name === "hubspot",
    );
    const handler = mcpHandler(provider.connector, { document: provider.documents, allow, approve: false });
    const server = await serveHandler(handler);
    client = await connectClient(server.url);
    close = async () => {
      await client.close();
      await server.close();
    };
  });
  afterAll(() => close());

  test("has three tools, whose list costs fewer than 700 tokens", async () => {
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(["search_operations", "describe_operation", "call_operation"]);
    // Four characters of such a text are a token at least.
    expect(JSON.stringify(tools).length).toBeLessThan(2_800);
  });

  test.each(Object.entries(questions))("%s finds %s among the first three", async (query, operation) => {
    const { text } = await call("search_operations", { query, limit: 3 });
    expect(text.split("\n").map((line) => line.split(": ")[0]?.split(" [")[0])).toContain(operation);
  });

  test("an operation is described in fewer tokens than a result may have", async () => {
    for (const { operation } of [list, write]) {
      const { text, isError } = await call("describe_operation", { operation });
      expect(isError).toBe(false);
      expect(text.startsWith(`${operation}: `)).toBe(true);
      expect(text).toContain("response: ");
    }
  });

  test("a list has pages", async () => {
    const { text, isError } = await call("call_operation", list);
    expect(text).toContain("There is a next page");
    expect(isError).toBe(false);
    const next = /"next":("(?:[^"\\]|\\.)*"|\d+)/.exec(text)?.[1] ?? "null";
    const second = await call("call_operation", { ...list, cursor: JSON.parse(next) });
    expect(second.isError).toBe(false);
    expect(provider.fake.requests).toHaveLength(2);
    expect(second.text).not.toBe(text);
  });

  test("a write that is allowed is sent once, however often it is called", async () => {
    const before = provider.fake.requests.length;
    for (let count = 0; count < 3; count += 1) expect((await call("call_operation", write)).isError).toBe(false);
    expect(provider.fake.requests.slice(before).map(({ operation }) => operation)).toEqual([write.operation]);
  });

  test("R44: the credential is in no result, and neither the user's nor the provider's", async () => {
    provider.fake.faults.push({
      kind: "response",
      status: 401,
      body: JSON.stringify({ message: `bad token ${canary}` }),
    });
    await call("call_operation", list);
    expect(results.length).toBeGreaterThan(5);
    expect(canaryScan(canary, results)).toEqual([]);
  });
});
