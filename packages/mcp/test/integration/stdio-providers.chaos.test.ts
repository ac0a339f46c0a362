import { readdirSync, readFileSync } from "node:fs";
import type { AuthScheme } from "@connectry/core";
import { canaryScan, fakeProvider } from "@connectry/testing";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { textOf } from "../connect-client.js";
import { connectStdio } from "../connect-stdio.js";
import { canary, fakedProvider } from "../providers.js";

interface Spec {
  readonly documents?: unknown;
  readonly doctor?: { readonly read?: string; readonly body?: object };
}

const specOf = (name: string): Spec =>
  parse(readFileSync(new URL(`../../../../specs/${name}/spec.yaml`, import.meta.url), "utf8"));

// A provider of GraphQL alone has one operation, a POST, which an agent may only call where it is allowed.
const hasDocument = (name: string) => specOf(name).documents !== undefined;
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
  const env = environmentOf(profile.auth);
  const { client, stderr } = await connectStdio([name, "--base-url", fake.url], env);
  const texts: string[] = [];
  const call = async (tool: string, given: object) => {
    texts.push(textOf(await client.callTool({ name: tool, arguments: { ...given } })));
    return texts.at(-1) ?? "";
  };
  const { tools } = await client.listTools();
  if (tools.some((tool) => tool.name === "search_operations")) {
    const found = await call("search_operations", { query: "list", limit: 50 });
    for (const given of readsIn(found, specOf(name).doctor)) await call("call_operation", given);
    await call("call_operation", { operation: "POST /none" });
  } else {
    // Of a provider with few reads each is a tool.
    const plain = tools.filter(({ inputSchema }) => (inputSchema.required ?? []).length === 0);
    for (const { name: tool, inputSchema } of (plain.length > 0 ? plain : tools).slice(0, 5)) {
      const { path } = (inputSchema.properties ?? {}) as { readonly path?: { readonly required?: readonly string[] } };
      await call(
        tool,
        path?.required ? { path: Object.fromEntries(path.required.map((one) => [one, "5O190127TN364715T"])) } : {},
      );
    }
  }
  await client.close();
  expect(fake.requests.length).toBeGreaterThan(0);
  const isRead = ({ method, operation = "" }: { method: string; operation?: string | undefined }) =>
    method === "GET" || facts.operations[operation]?.safety === "safe";
  expect(fake.requests.filter((request) => !isRead(request))).toEqual([]);
  expect(canaryScan(canary, [texts, stderr()])).toEqual([]);
});

/** The calls of some reads that were found: those without a parameter, else one with a value, else the POST that is known to read. */
function readsIn(found: string, { read, body }: NonNullable<Spec["doctor"]> = {}): object[] {
  const reads = found.split("\n").flatMap((line) => /^GET [^:[]+(?=: |$)/.exec(line) ?? []);
  const plain = reads.filter((operation) => !operation.includes("{"));
  if (plain.length > 0) return plain.slice(0, 5).map((operation) => ({ operation }));
  if (reads.length === 0) return [{ operation: `POST ${read}`, body }];
  const [operation = ""] = reads;
  const parameters = [...operation.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
  return [{ operation, path: Object.fromEntries(parameters.map((one) => [one, "properties/1/metadata"])) }];
}
