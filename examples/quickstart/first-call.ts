import { readFile } from "node:fs/promises";
import { type AnyConnector, ApiError, type ProviderFacts, type ProviderProfile } from "@connectry/core";
import { fakeProvider } from "@connectry/testing";
import type { Connector } from "../../scripts/connectors.ts";
import { countOperations } from "../../scripts/connectors-table/count-operations.ts";
import { readDocuments } from "./tour.ts";

/** What is used of a connector's client here. */
interface Client extends AnyConnector {
  request(method: string, path: string): Promise<{ readonly response: { readonly status: number } }>;
  /** Of an API of GraphQL alone. */
  query?(document: string): Promise<{ readonly response: { readonly status: number } }>;
}

/** What is used of a connector's exports here. */
interface ConnectorModule {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
  readonly createAny: (options: { readonly baseUrl: string }) => Client;
}

const root = new URL("../../", import.meta.url);
const read = (file: string) => readFile(new URL(file, root), "utf8");

/**
 * One line about a connector: how many operations it has, and the outcome of its first read that needs no parameters. The credential
 * comes from the environment variables that the profile names, as in production.
 */
export async function firstCall({ id, folder, create }: Connector): Promise<string> {
  const loaded: ConnectorModule = await import(new URL(`${folder}/dist/index.js`, root).href);
  const { profile, facts, [create as "createAny"]: createClient } = loaded;
  for (const [name, value] of environmentOf(profile)) process.env[name] ??= value;
  await using server = await fakeProvider({ document: await readDocuments(id), profile, facts });
  const surface = await read(`specs/${id}/surface.txt`);
  const operations = [...surface.matchAll(/^([A-Z]+) (\/\S*)/gm)];
  const reads = operations.flatMap(([, method, path = ""]) => (method === "GET" && !path.includes("{") ? [path] : []));
  const client = createClient({ baseUrl: server.url });
  server.graphql("Any", { data: { __typename: "Query" } });
  const outcome =
    (await client.query?.("query Any { __typename }").then(({ response }) => `query: ${response.status}`)) ??
    (await callFirst(client, reads)) ??
    "has no read without parameters";
  return `  ${profile.name.padEnd(12)} ${String(countOperations(surface)).padStart(5)} operations  ${outcome}`;
}

/** Calls the first of some paths that responds without parameters. */
async function callFirst(client: Client, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    try {
      const { response } = await client.request("GET", path);
      return `GET ${path}: ${response.status}`;
    } catch (error) {
      // It needs some, or is not in the older document that takes the place of one that cannot be had.
      if (!ApiError.isInstance(error) || ![400, 404].includes(error.status)) throw error;
    }
  }
}

/** The environment variables that a profile names, with a made-up value, which has the form of Twilio's account, too. */
function environmentOf({ auth }: ProviderProfile): (readonly [name: string, value: string])[] {
  const names = JSON.stringify(auth).matchAll(/"env":"([^"]+)"/g);
  return [...names].map(([, name = ""]) => [name, `AC${"0".repeat(32)}`]);
}
