import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import type { FakeProvider } from "@connectry/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStripe } from "../fake-providers.ts";
import { to } from "./deliver.ts";
import { build, environmentOf, fileOf, programOf, type RunningExample, start } from "./example.ts";
import { expectCustomers } from "./expect-customers.ts";
import { expectRestored } from "./expect-restored.ts";

// Settings of a segment that make Next.js keep what `fetch` receives: https://nextjs.org/docs/app/api-reference/file-conventions/route-segment-config
const segments = { "force-static": `dynamic = "force-static"`, "default-cache": `fetchCache = "default-cache"` };

const segment = (setting: string) => `import { stripe } from "../stripe";

export const ${setting};

export async function GET(): Promise<Response> {
  return Response.json((await stripe.GET("/v1/balance")).data);
}

export async function POST(): Promise<Response> {
  return Response.json((await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } })).data);
}
`;

// The setting that takes precedence over what a request says: a GET is kept, unless the client does not use `fetch`.
const forceCache = `export const fetchCache = "force-cache";

export async function GET(): Promise<Response> {
  await connection();
  return Response.json((await stripe.GET("/v1/balance")).data);
}
`;

const forced = {
  "forced-fetch": `import { connection } from "next/server";
import { stripe } from "../stripe";

${forceCache}`,
  "forced-undici": `import { undiciTransport } from "@connectry/core/undici";
import { createStripe } from "@connectry/stripe";
import { connection } from "next/server";

const stripe = createStripe({ baseUrl: process.env.STRIPE_BASE_URL, transport: undiciTransport() });

${forceCache}`,
};

/** Copies the example, where its packages are still found, with a route for each of those settings. */
async function copyExample(): Promise<string> {
  const copy = fileOf(".cache/next");
  await rm(copy, { recursive: true, force: true });
  await cp(fileOf("next"), copy, { recursive: true });
  const settings = Object.entries(segments).map(([name, setting]) => [name, segment(setting)] as const);
  for (const [name, route] of [...settings, ...Object.entries(forced)]) {
    await mkdir(`${copy}/app/${name}`);
    await writeFile(`${copy}/app/${name}/route.ts`, route);
  }
  return copy;
}

let provider: FakeProvider;
let routes: string;
let requestsOfBuild: number;
let example: RunningExample;

beforeAll(async () => {
  provider = await startStripe();
  const options = { cwd: await copyExample(), env: environmentOf(provider) };
  routes = await build([programOf("next"), "build"], options);
  requestsOfBuild = provider.requests.length;
  example = await start([programOf("next"), "start"], options);
}, 300_000);

afterAll(async () => {
  await example?.stop();
  await provider?.close();
});

test("a page of customers is not built in advance", () => {
  expect(routes).toMatch(/ƒ \/\n/);
  expect(requestsOfBuild).toBe(0);
});

test("a webhook is processed after the response, by `after` of Next.js", async () => {
  await expectRestored(provider, to(`${example.url}/webhooks/stripe`));
});

test("route handlers create and read customers, and Next.js keeps no response", async () => {
  await expectCustomers(provider, (path, init) => fetch(`${example.url}${path}`, init), "/api");
});

test("a server component reads the customers each time", async () => {
  const lists = () => provider.requests.filter(({ path }) => path === "/v1/customers").length;
  const earlier = lists();
  for (let reads = 1; reads <= 2; reads += 1) {
    expect((await (await fetch(example.url)).text()).match(/<li>/g)).toHaveLength(3);
    expect(lists()).toBe(earlier + reads);
  }
});

test.each(Object.keys(segments))("a GET and a POST are sent each time in a segment with %s", async (setting) => {
  const requests = () => provider.requests.length;
  const earlier = requests();
  const send = async () => {
    await fetch(`${example.url}/${setting}`);
    await fetch(`${example.url}/${setting}`, { method: "POST" });
  };
  await send();
  await send();
  expect(requests()).toBe(earlier + 4);
});

test.each([
  ["forced-fetch", 1],
  ["forced-undici", 3],
] as const)("with fetchCache = force-cache, three GETs of the route %s are %i requests", async (route, requests) => {
  const earlier = provider.requests.length;
  for (let calls = 1; calls <= 3; calls += 1) expect((await fetch(`${example.url}/${route}`)).status).toBe(200);
  expect(provider.requests.length).toBe(earlier + requests);
});
