import { allStrategies, createConnector, type PathIndex, toFetch } from "@connectry/core";
import OfficialStripe from "stripe";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noFacts } from "../../test/contract-providers.js";
import { acmeClient, getWidget, newFile, readJson, widget } from "../../test/recording-client.js";
import { readStripeDocument, readStripeProfile } from "../../test/stripe.js";
import { fakeHandler } from "../provider/fake-handler.js";
import { recorder } from "./index.js";

beforeEach(() => {
  vi.stubEnv("CI", "");
  vi.stubEnv("CONNECTRY_RECORD", "");
});
afterEach(() => void vi.unstubAllEnvs());

const profile = await readStripeProfile();
const key = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";

test("the official client of Stripe is recorded and replayed through toFetch, page by page", async () => {
  const fake = fakeHandler({ document: readStripeDocument(), profile });
  const file = newFile();
  const seen: string[][] = [];
  for (const mode of ["record", "replay"] as const) {
    const transport = recorder({ file, mode, fetch: fake.fetch });
    const definition = { profile, facts: noFacts, strategies: allStrategies(profile) };
    const connector = createConnector<PathIndex>(definition, { auth: key as never, transport });
    const httpClient = OfficialStripe.createFetchHttpClient(toFetch(connector));
    const stripe = new OfficialStripe(key, { httpClient, maxNetworkRetries: 0 });
    const ids = [(await stripe.customers.create({ name: "Ada", metadata: { plan: "pro" } })).id];
    for await (const { id } of stripe.customers.list({ limit: 10 })) ids.push(id);
    seen.push(ids);
    await transport.done();
  }
  expect(seen[0]?.length).toBeGreaterThan(20);
  expect(seen[1]).toEqual(seen[0]);
  const { recordings } = readJson(file);
  expect(JSON.stringify(recordings)).not.toContain(key);
  expect(recordings.map(({ request }: { request: { method: string } }) => request.method)).toContain("POST");
});

test("a redirect is recorded as its requests, and followed when it is replayed", async () => {
  const file = newFile();
  const moved = "https://api.acme.test/v2/widgets/w_2";
  const fetch = async (input: unknown) =>
    String(input) === moved
      ? Response.json({ id: "w_2" })
      : new Response(null, { status: 302, headers: { location: moved } });
  for (const mode of ["record", "replay"] as const) {
    const tape = recorder({ file, mode, fetch: fetch as typeof globalThis.fetch });
    const { data, response } = await acmeClient({ transport: tape }).call(getWidget, widget("w_1"));
    expect([data, response.url]).toEqual([{ id: "w_2" }, moved]);
    await tape.done();
  }
  expect(readJson(file).recordings).toHaveLength(2);
});
