// One client in a process of its own: it sends one query again and again, and a function in place of `fetch` responds at once.
import { createRequire } from "node:module";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { tarballHome } from "../installed/tarballs.ts";
import { graphqlRequest, ours, tada } from "./graphql-clients.ts";

/** What came of a slice. */
export interface QuerySlice {
  readonly calls: number;
  readonly cpuMs: number;
}

const text = "query Viewer { viewer { login } }";
const json = JSON.stringify({ data: { viewer: { login: "octocat" } } });
const headers = { "content-type": "application/json; charset=utf-8" };
const fetch = (async () => new Response(json, { headers })) as typeof globalThis.fetch;
const callsPerTurn = 64;

async function create(name: string): Promise<() => Promise<unknown>> {
  if (name === ours.name) {
    const file = createRequire(`${tarballHome}/`)
      .resolve("@connectry/github")
      .replace(/\.cjs$/, ".js");
    const { createGithub } = await import(pathToFileURL(file).href);
    const { graphql } = createGithub({ auth: "ghp_1", fetch, rateLimit: false });
    const document = { type: "query", name: "Viewer", text };
    return async () => (await graphql.query(document)).data;
  }
  if (name !== graphqlRequest.name && name !== tada.name) throw new Error(`There is no client called ${name}.`);
  const { GraphQLClient } = await import("graphql-request");
  const client = new GraphQLClient("https://api.github.com/graphql", {
    fetch,
    headers: { authorization: "Bearer ghp_1" },
  });
  if (name === graphqlRequest.name) return () => client.request(text);
  const { initGraphQLTada } = await import("gql.tada");
  const document = initGraphQLTada()(text as never) as never;
  return () => client.request(document);
}

async function slice(call: () => Promise<unknown>, ms: number): Promise<QuerySlice> {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  let calls = 0;
  while (performance.now() - startedAt < ms) {
    await call();
    calls += 1;
    if (calls % callsPerTurn === 0) await setImmediate();
  }
  const { user, system } = process.cpuUsage(before);
  return { calls, cpuMs: (user + system) / 1_000 };
}

const call = await create(process.argv[2] ?? "");
const first = (await call()) as { viewer?: { login?: unknown } };
if (first.viewer?.login !== "octocat") throw new Error("the response is not what was sent");
process.on("message", async ({ ms }: { readonly ms: number }) => process.send?.(await slice(call, ms)));
process.send?.("ready");
