import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FakeProvider } from "@connectry/testing";
import { build as bundle } from "esbuild";
import { afterAll, beforeAll, onTestFinished, test } from "vitest";
import { startStripe } from "../fake-providers.ts";
import { webhookSecret } from "./deliver.ts";
import { build, environmentOf, fileOf } from "./example.ts";
import { expectCustomers, type Send } from "./expect-customers.ts";
import { expectRestored } from "./expect-restored.ts";

let provider: FakeProvider;

beforeAll(async () => {
  provider = await startStripe();
}, 120_000);

afterAll(() => provider?.close());

async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "connectry-bundles-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("examples/frameworks/workers creates and reads customers in workerd, and handles an event after the response", async () => {
  const folder = await tempFolder();
  const outfile = join(folder, "worker.js");
  const settings = JSON.parse((await readFile(fileOf("workers/wrangler.jsonc"), "utf8")).replace(/^\s*\/\/.*$/gm, ""));
  // As wrangler does it.
  await bundle({
    entryPoints: [fileOf(`workers/${settings.main}`)],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
  });
  const { Miniflare } = await import("miniflare");
  const miniflare = new Miniflare({
    modules: true,
    modulesRoot: folder,
    scriptPath: outfile,
    compatibilityDate: settings.compatibility_date,
    bindings: {
      STRIPE_SECRET_KEY: "sk_test_runtime",
      STRIPE_BASE_URL: provider.url,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
    },
  });
  onTestFinished(() => miniflare.dispose());
  await expectCustomers(
    provider,
    async (path, init) => (await miniflare.dispatchFetch(`http://worker${path}`, init as never)) as unknown as Response,
  );
  const send = (headers: Headers, body: ArrayBuffer) =>
    miniflare.dispatchFetch("http://worker/webhooks/stripe", {
      method: "POST",
      headers: Object.fromEntries(headers),
      body,
    });
  await expectRestored(provider, send);
}, 60_000);

// Loads the bundle as Lambda does, by the extension of the file, and handles one event.
const invoke = `
const { handler } = await import(process.argv[1]);
const result = await handler(JSON.parse(process.argv[2]), { getRemainingTimeInMillis: () => 10_000 });
console.log(JSON.stringify(result));
`;

test.each([
  ["esm", "mjs"],
  ["cjs", "cjs"],
])(
  "examples/frameworks/lambda creates and reads customers, as one file of format %s",
  async (format, extension) => {
    const manifest = JSON.parse(await readFile(fileOf("lambda/package.json"), "utf8"));
    const outfile = join(await tempFolder(), `handler.${extension}`);
    const [, ...args] = manifest.scripts[`build:${format}`].split(" ").slice(0, -1);
    await build([fileOf("../../node_modules/.bin/esbuild"), ...args, `--outfile=${outfile}`], {
      cwd: fileOf("lambda"),
    });
    const cwd = await tempFolder();
    const send: Send = async (path, init) => {
      const [, id] = /^\/customers\/(.+)$/.exec(path) ?? [];
      const event = id
        ? { routeKey: "GET /customers/{id}", pathParameters: { id } }
        : { routeKey: "POST /customers", body: init?.body };
      const command = [process.execPath, "--input-type=module", "-e", invoke, outfile, JSON.stringify(event)] as const;
      const { statusCode, body } = JSON.parse(await build(command, { cwd, env: environmentOf(provider) }));
      return new Response(body, { status: statusCode });
    };
    await expectCustomers(provider, send);
  },
  60_000,
);
