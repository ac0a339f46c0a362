import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canaryScan, fakeProvider } from "@connectry/testing";
import { expect, test } from "vitest";
import { textOf } from "../connect-client.js";
import { connectStdio } from "../connect-stdio.js";
import { canary, openShop, shopDocument } from "../shop.js";

const folder = await mkdtemp(join(tmpdir(), "shop-"));
const file = join(folder, "shop.json");
const secured = {
  ...shopDocument,
  security: [{ key: [] }],
  components: { ...shopDocument.components, securitySchemes: { key: { type: "http", scheme: "bearer" } } },
};
await writeFile(file, JSON.stringify(secured));

test("R44: `connectry mcp` serves a document alone over stdio: reads, allowed writes that the user approves, and no other", async () => {
  const { profile, facts } = openShop();
  await using fake = await fakeProvider({ document: secured, profile, facts });
  const questions: string[] = [];
  const elicit = async ({ params }: { params: { message: string } }) => {
    questions.push(params.message);
    return { action: "accept" as const, content: { approve: true } };
  };
  const args = [file, "--allow", "GET *", "--allow", "POST /orders", "--base-url", fake.url];
  const { client, stderr } = await connectStdio(args, { SHOP_TOKEN: canary }, { elicit });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["listOrders", "createOrder", "getOrder"]);
  const list = textOf(await client.callTool({ name: "listOrders", arguments: { query: { limit: 2 } } }));
  expect(list).toMatch(/^GET \/orders: 200\./);
  const write = { name: "createOrder", arguments: { body: { item: "tea" } } };
  const results = [await client.callTool(write), await client.callTool(write)].map(textOf);
  expect(questions).toHaveLength(1);
  await expect(client.callTool({ name: "deleteOrder", arguments: { path: { order: "o1" } } })).rejects.toThrow(
    "no tool",
  );
  await client.close();
  expect(fake.requests.map(({ operation }) => operation)).toEqual(["GET /orders", "POST /orders"]);
  expect(fake.requests[0]?.headers.authorization).toBe(`Bearer ${canary}`);
  expect(canaryScan(canary, [list, results, questions, stderr()])).toEqual([]);
});

test("a dry run needs no credential, and nothing is sent", async () => {
  const { client } = await connectStdio([file, "--allow", "* *", "--dry-run"], {});
  const result = await client.callTool({ name: "createOrder", arguments: { body: { item: "tea" } } });
  expect(textOf(result)).toMatch(
    /^Dry run: a fake of the provider responded to POST \/orders with 201, and nothing was sent\./,
  );
  await client.close();
});
