import { readFile } from "node:fs/promises";
import { ConfigurationError } from "@connectry/core";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, describe, expect, test } from "vitest";
import { connectClient, textOf } from "../../test/connect-client.js";
import { serveHandler } from "../../test/serve-handler.js";
import { canary, openShop, shopDocument } from "../../test/shop.js";
import { type McpHandlerOptions, mcpHandler } from "./mcp-handler.js";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const writes = ["GET *", "POST /orders"];
const create = { name: "createOrder", arguments: { body: { item: "tea" } } };

async function serve(options: Partial<McpHandlerOptions> = {}, keyed = false) {
  const shop = openShop({ keyed });
  const server = await serveHandler(mcpHandler(shop.connector, { document: shopDocument, ...options }));
  closing.push(server.close);
  const connect = async (
    ...given: Parameters<typeof connectClient> extends [unknown, ...infer Rest] ? Rest : never
  ) => {
    const client = await connectClient(server.url, ...given);
    closing.push(() => client.close());
    return client;
  };
  return { ...shop, url: server.url, connect };
}

describe("over streamable HTTP, by the official client", () => {
  test("the server has the version of the package", async () => {
    const { connect } = await serve();
    const manifest = await readFile(new URL("../../package.json", import.meta.url), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    expect((await connect()).getServerVersion()).toEqual({ name: "connectry-shop", version });
  });

  test("tools have annotations from the safety of their operations", async () => {
    const { connect } = await serve({ allow: ["* *"] });
    const { tools } = await (await connect()).listTools();
    const hints = tools.map(({ name, annotations: { readOnlyHint, destructiveHint, idempotentHint } = {} }) => ({
      name,
      hints: [readOnlyHint, destructiveHint, idempotentHint],
    }));
    expect(hints).toEqual([
      { name: "listOrders", hints: [true, false, true] },
      { name: "createOrder", hints: [false, true, true] },
      { name: "getOrder", hints: [true, false, true] },
      { name: "replaceOrder", hints: [false, true, true] },
      { name: "deleteOrder", hints: [false, true, true] },
      { name: "updateOrder", hints: [false, true, true] },
    ]);
  });

  test("the input of a tool is that of its operation, without the credential", async () => {
    const { connect } = await serve();
    const { tools } = await (await connect()).listTools();
    expect(tools[0]).toMatchObject({
      name: "listOrders",
      description: "List orders (GET /orders)",
      inputSchema: {
        properties: {
          query: { properties: { after: { type: "string" }, limit: { type: "integer", description: "How many." } } },
        },
        additionalProperties: false,
      },
    });
    expect(tools[0]?.inputSchema.properties).not.toHaveProperty("headers");
  });

  test("a write is sent where the user accepts the question of the client, which shows the request", async () => {
    const { connect, fake } = await serve({ allow: writes }, true);
    const questions: string[] = [];
    const client = await connect({
      elicit: async ({ params }) => {
        questions.push(params.message);
        return { action: "accept", content: { approve: true } };
      },
    });
    const result = await client.callTool(create);
    expect(result.isError).toBe(false);
    const key = fake.requests[0]?.headers["idempotency-key"];
    expect(questions).toEqual([
      [
        "An agent wants to send POST /orders: Create an order",
        "It is sent once, under its idempotency key.",
        "",
        "POST https://api.shop.example/orders",
        "content-type: application/json",
        `idempotency-key: ${key}`,
        "",
        '{"item":"tea"}',
      ].join("\n"),
    ]);
  });

  test.each([
    ["declines", { action: "decline" as const }],
    ["cancels", { action: "cancel" as const }],
    ["accepts without the box", { action: "accept" as const, content: { approve: false } }],
  ])("a write is not sent where the user %s", async (_, response) => {
    const { connect, fake } = await serve({ allow: writes });
    const client = await connect({ elicit: async () => response });
    expect(textOf(await client.callTool(create))).toContain("the user did not approve it");
    expect(fake.requests).toHaveLength(0);
  });

  test("text of an agent cannot imitate the lines of the question", async () => {
    const { connect } = await serve({ allow: writes });
    let question = "";
    const client = await connect({
      elicit: async ({ params }) => {
        question = params.message;
        return { action: "decline" };
      },
    });
    await client.callTool({ name: "createOrder", arguments: { body: { item: "tea\n\nIt is only a test.\u202e" } } });
    expect(question.split("\n")).toHaveLength(7);
    expect(question).toContain("tea\\n\\nIt is only a test.\\u202e");
  });

  test("sessions have budgets and writes of their own", async () => {
    const { connect, fake } = await serve({ allow: writes, approve: false, budget: { calls: 2 } });
    const [one, other] = [await connect(), await connect()];
    for (const client of [one, one, one, other, other]) await client.callTool(create);
    expect(textOf(await one.callTool({ name: "listOrders" }))).toContain("the budget of this session is used up");
    expect(fake.requests).toHaveLength(2);
  });
});

describe("a session", () => {
  const open = async (url: string, headers: Record<string, string> = {}) => {
    const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
    const client = new Client({ name: "test", version: "1" });
    await client.connect(transport);
    closing.push(() => client.close());
    return { client, id: transport.sessionId ?? "" };
  };
  const list = (url: string, headers: Record<string, string>) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
    });

  test("belongs to whom it was opened by", async () => {
    const { url } = await serve({ identify: (request) => request.headers.get("x-user") ?? "nobody" });
    const { id } = await open(url, { "x-user": "ann" });
    expect((await list(url, { "x-user": "ann", "mcp-session-id": id })).status).toBe(200);
    for (const user of ["bob", ""]) {
      const response = await list(url, { "x-user": user, "mcp-session-id": id });
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain("listOrders");
    }
  });

  test("that nobody opened, that was closed or that was idle is not found", async () => {
    let nowMs = 0;
    const { url } = await serve({ now: () => nowMs, idleMs: 1_000 });
    expect((await list(url, { "mcp-session-id": crypto.randomUUID() })).status).toBe(404);
    const { id } = await open(url);
    nowMs += 999;
    expect((await list(url, { "mcp-session-id": id })).status).toBe(200);
    nowMs += 1_000;
    expect((await list(url, { "mcp-session-id": id })).status).toBe(404);
    expect((await list(url, {})).status).toBe(400);
  });

  test("ends where as many are open as may be, the one first that was used longest ago", async () => {
    const { url } = await serve({ maxSessions: 2 });
    const ids = [(await open(url)).id, (await open(url)).id, (await open(url)).id];
    const statuses = await Promise.all(ids.map(async (id) => (await list(url, { "mcp-session-id": id })).status));
    expect(statuses).toEqual([404, 200, 200]);
  });
});

describe("without sessions", () => {
  test("each request is on its own, and a write of the same user is applied once", async () => {
    const identify = (request: Request) => request.headers.get("x-user") ?? "nobody";
    const { connect, fake } = await serve({ sessions: false, identify, allow: writes, approve: false });
    const [ann, alsoAnn, bob] = [
      await connect({ headers: { "x-user": "ann" } }),
      await connect({ headers: { "x-user": "ann" } }),
      await connect({ headers: { "x-user": "bob" } }),
    ];
    for (const client of [ann, alsoAnn, bob]) expect((await client.callTool(create)).isError).toBe(false);
    expect(fake.requests).toHaveLength(2);
  });

  test("a write needs the option identify, because a repeat could not be recognized", () => {
    const { connector } = openShop();
    const options = { document: shopDocument, sessions: false };
    expect(() => mcpHandler(connector, { ...options, allow: writes })).toThrow(ConfigurationError);
    expect(mcpHandler(connector, options)).toBeTypeOf("function");
  });
});

test("R44: the credential is in no message of the protocol", async () => {
  const messages: string[] = [];
  const shop = openShop();
  const handler = mcpHandler(shop.connector, { document: shopDocument, allow: ["* *"], approve: false });
  const server = await serveHandler(async (request) => {
    const response = await handler(request);
    const [own, copy] = response.body?.tee() ?? [null, null];
    void new Response(copy).text().then(
      (text) => messages.push(text),
      () => {},
    );
    return new Response(own, response);
  });
  closing.push(server.close);
  const client = await connectClient(server.url);
  shop.fake.override("getOrder", () => ({ status: 200, body: JSON.stringify({ id: canary, item: canary }) }));
  await client.listTools();
  for (const name of ["listOrders", "getOrder", "none"])
    await client.callTool({ name, arguments: { path: { order: canary } } }).catch(() => {});
  await client.callTool({ name: "getOrder", arguments: { path: { order: "o1" } } });
  await client.close();
  await expect.poll(() => messages.length).toBeGreaterThan(3);
  expect(messages.join("\n")).toContain('\\"item\\":\\"***\\"');
  expect(messages.join("\n")).not.toContain(canary);
});
