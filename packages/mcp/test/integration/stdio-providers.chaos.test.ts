import { readdirSync, readFileSync } from "node:fs";
import type { AuthScheme } from "@connectry/core";
import { canaryScan, fakeProvider } from "@connectry/testing";
import { expect, test } from "vitest";
import { textOf } from "../connect-client.js";
import { connectStdio } from "../connect-stdio.js";
import { canary, fakedProvider } from "../providers.js";

// A provider of GraphQL alone has one operation, a POST, which an agent may only call where it is allowed.
const hasDocument = (name: string) =>
  /^documents:/m.test(readFileSync(new URL(`../../../../specs/${name}/spec.yaml`, import.meta.url), "utf8"));
const names = readdirSync(new URL("../../../connectors/", import.meta.url)).filter(hasDocument);

function environmentOf(auth: AuthScheme): Readonly<Record<string, string>> {
  if (auth.kind === "basic") return { [auth.username.env]: `AC${"0".repeat(32)}`, [auth.password.env]: canary };
  if (auth.kind === "client-credentials") {
    const fields = [auth.clientId, auth.clientSecret, ...(auth.fields ?? [])];
    return Object.fromEntries(fields.map(({ env }) => [env, canary]));
  }
  const parts = auth.kind === "parts" ? auth.parts : [auth];
  return Object.fromEntries(parts.map(({ env }) => [env, canary]));
}

test.each(names)("R44: `connectry mcp %s` serves the provider over stdio by its pinned document", async (name) => {
  const { profile, facts, documents } = await fakedProvider(name);
  await using fake = await fakeProvider({ document: documents, profile, facts, unknownIds: "sample" });
  const { auth } = profile;
  const env = environmentOf(auth);
  const { client, stderr } = await connectStdio([name, "--base-url", fake.url], env);
  const call = async (tool: string, given: object) =>
    textOf(await client.callTool({ name: tool, arguments: { ...given } }));
  const found = await call("search_operations", { query: "list", limit: 50 });
  const texts = [found];
  const reads = found.split("\n").flatMap((line) => /^GET [^:[]+(?=: |$)/.exec(line) ?? []);
  const plain = reads.filter((operation) => !operation.includes("{"));
  for (const operation of plain.slice(0, 5)) texts.push(await call("call_operation", { operation }));
  // Google Analytics has no read without a parameter.
  for (const operation of plain.length === 0 ? reads.slice(0, 1) : []) {
    const names = [...operation.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    const path = Object.fromEntries(names.map((parameter) => [parameter, "properties/1/metadata"]));
    texts.push(await call("call_operation", { operation, path }));
  }
  texts.push(await call("call_operation", { operation: "POST /none" }));
  await client.close();
  expect(fake.requests.length).toBeGreaterThan(0);
  expect(fake.requests.every(({ method }) => method === "GET")).toBe(true);
  expect(canaryScan(canary, [texts, stderr()])).toEqual([]);
});
