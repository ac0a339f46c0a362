import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createWebhooks, slack, toNodeHandler } from "@connectry/core/webhooks";
import Stripe from "stripe";
import { expect, onTestFinished, test } from "vitest";
import { acmeProject } from "../../test/acme-project.js";
import { runCli } from "../../test/run-cli.js";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const secret = "whsec_test";
const webhook = (url: string) => ["--webhook", url, "--webhook-secret", secret];

/** An endpoint on this machine that verifies deliveries by Stripe's own package. */
async function startEndpoint() {
  const events: Stripe.Event[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const signature = request.headers["stripe-signature"] ?? "";
    events.push(Stripe.webhooks.constructEvent(Buffer.concat(chunks), signature, secret));
    response.writeHead(200).end();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  return { events, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks` };
}

test("mock delivers an event for each change, signed as Stripe signs, and prints it", async () => {
  const { events, url } = await startEndpoint();
  const run = await runCli(["mock", "stripe", "--port", "0", ...webhook(url)], {
    cwd: repository,
    // The documents that `pnpm generate` has pulled.
    env: { CONNECTRY_CACHE: process.env.CONNECTRY_CACHE ?? join(homedir(), ".cache", "connectry") },
    async whileRunning(stdout) {
      const { port, hostname } = new URL(/served on (\S+)/.exec(stdout)?.[1] as string);
      const stripe = new Stripe("sk_test_any", { host: hostname, port, protocol: "http", maxNetworkRetries: 0 });
      const { id } = await stripe.customers.create({ email: "ada@example.com" });
      await stripe.customers.del(id);
      await expect.poll(() => events.length, { timeout: 20_000 }).toBe(2);
      const deliveries = async () => await (await fetch(`http://${hostname}:${port}/-/deliveries`)).json();
      await expect.poll(deliveries).toMatchObject([
        { type: "customer.created", status: 200, attempt: 1 },
        { type: "customer.deleted", status: 200, attempt: 1 },
      ]);
    },
  });
  expect(run).toMatchObject({ code: 0 });
  expect(events.map(({ type }) => type)).toEqual(["customer.created", "customer.deleted"]);
  expect(run.stdout).toContain(`delivered to ${url}`);
  expect(run.stdout).toMatch(/ {2}webhook customer\.created {2}200\n/);
  expect(run.stdout + run.stderr).not.toContain(secret);
}, 60_000);

test("mock delivers what is posted where the document describes no events, signed as Slack signs", async () => {
  const types: string[] = [];
  const handle = createWebhooks(slack).handler({ secrets: secret, otherwise: ({ type }) => void types.push(type) });
  const server = createServer(toNodeHandler(handle)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const run = await runCli(
    ["mock", "slack", "--port", "0", ...webhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack`)],
    {
      cwd: repository,
      env: { CONNECTRY_CACHE: process.env.CONNECTRY_CACHE ?? join(homedir(), ".cache", "connectry") },
      async whileRunning(stdout) {
        const { origin } = new URL(/served on (\S+)/.exec(stdout)?.[1] as string);
        const body = JSON.stringify({ type: "event_callback", event_id: "Ev1", event: { type: "app_mention" } });
        const response = await fetch(`${origin}/-/events`, { method: "POST", body });
        expect(await response.json()).toMatchObject({ type: "app_mention", status: 204 });
      },
    },
  );
  expect(run).toMatchObject({ code: 0 });
  expect(run.stdout).toContain("POST /-/events");
  expect(types).toEqual(["app_mention"]);
}, 60_000);

test.each([
  [["--webhook", "http://localhost:3000"], "`--webhook` and `--webhook-secret` belong together"],
  [["--webhook-secret", secret], "`--webhook` and `--webhook-secret` belong together"],
  [webhook("localhost:3000"), "`--webhook` must be a URL: --webhook http://localhost:3000/hooks"],
  [webhook("http://localhost:3000"), "`--webhook` cannot be used with acme: webhooks: it is not known how Acme signs"],
])("mock acme %j is one clear error", async (options, message) => {
  const run = await runCli(["mock", "acme", "--port", "0", ...options], { cwd: await acmeProject() });
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  expect(run.stderr).not.toContain(secret);
});
