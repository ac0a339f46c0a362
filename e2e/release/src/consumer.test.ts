import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { describe, expect, inject, test } from "vitest";
import { compilers, complaints } from "./compilers.ts";
import { startStripeStub } from "./stripe-stub.ts";

const run = promisify(execFile);
const [root, folder] = [inject("root"), inject("consumer")];
const timeout = 120_000;

// `process` is declared by hand, because a connector does not need @types/node.
const esm = `
import { createStripe, NotFoundError } from "@connectry/stripe";
import { GetCustomersCustomer } from "@connectry/stripe/operations";
import { webhooks } from "@connectry/stripe/webhooks";

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

const stripe = createStripe({ auth: "sk_test_consumer", baseUrl: process.env.STRIPE_URL });
const { data: customer } = await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } });
const email: string | null | undefined = customer.email;
const { error } = await stripe.safe.call(GetCustomersCustomer, { params: { path: { customer: "cus_missing" } } });
const POST = webhooks.handler({
  secrets: "whsec_consumer",
  on: { "invoice.paid": ({ payload }) => console.log(payload.data.object.amount_due.toFixed()) },
  onError: () => {},
});
const rejected = await POST(new Request("https://example.com", { method: "POST", body: "{}" }));
const missing: string | undefined = NotFoundError.isInstance(error) ? error.body.error.message : undefined;
console.log(customer.id, email, missing !== undefined, rejected.status);
`;

const commonJs = `
import { createStripe } from "@connectry/stripe";

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

createStripe({ auth: "sk_test_consumer", baseUrl: process.env.STRIPE_URL })
  .POST("/v1/customers", { body: { email: "ada@example.com" } })
  .then(({ data }) => {
    const id: string = data.id;
    console.log(id);
  });
`;

describe.each(compilers)("$name", (compiler) => {
  test.each(["program.ts", "program.cts"])(
    "type-checks a consumer's %s, libraries included",
    async (program) => {
      await writeFile(join(folder, "program.ts"), esm);
      await writeFile(join(folder, "program.cts"), commonJs);
      expect(await complaints(compiler, folder, [program])).toBe("");
    },
    timeout,
  );

  test(
    "rejects a path that Stripe does not have, and names the nearest",
    async () => {
      await writeFile(join(folder, "wrong.ts"), esm.replace('"/v1/customers"', '"/v1/custommers"'));
      expect(await complaints(compiler, folder, ["wrong.ts"])).toContain(`Did you mean '"/v1/customers"'?`);
    },
    timeout,
  );
});

const nodes = { "Node 20": "node20/bin/node", "Node 24": "node/bin/node" };

test.each(Object.entries(nodes))(
  "on %s the program runs as ESM and through require()",
  async (_, node) => {
    await using stripe = await startStripeStub();
    const env = { ...process.env, STRIPE_URL: stripe.url };
    const compile = async (contents: string, format: "esm" | "cjs", file: string) => {
      await build({ stdin: { contents, loader: "ts" }, format, platform: "node", outfile: join(folder, file) });
      return (await run(join(root, "node_modules", node), [file], { cwd: folder, env })).stdout.trim();
    };
    expect(await compile(esm, "esm", "program.js")).toBe("cus_1 ada@example.com true 401");
    expect(await compile(commonJs, "cjs", "program.cjs")).toBe("cus_1");
    expect(await readFile(join(folder, "program.cjs"), "utf8")).toContain('require("@connectry/stripe")');
  },
  timeout,
);

test("installing @connectry/stripe brings core, lru-cache and oauth4webapi, and nothing else", async () => {
  const lock = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8")) as { packages: object };
  const installed = Object.keys(lock.packages).filter((path) => path !== "");
  expect(installed.map((path) => path.replace("node_modules/", "")).sort()).toEqual([
    "@connectry/core",
    "@connectry/stripe",
    "lru-cache",
    "oauth4webapi",
  ]);
});
