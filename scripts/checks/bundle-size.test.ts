import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));
const fields = ["module", "main"];

/** Bundles a program and its imports in one file, minified: by Rolldown, as Vite does, and by esbuild. */
const bundlers: Readonly<Record<string, (contents: string) => Promise<string>>> = {
  async rolldown(contents) {
    const bundle = await rolldown({
      input: "program",
      platform: "neutral",
      resolve: { mainFields: fields },
      plugins: [
        {
          name: "program",
          resolveId: (id) => (id === "program" ? join(folder, "program.js") : undefined),
          load: (id) => (id === join(folder, "program.js") ? contents : undefined),
        },
      ],
    });
    const { output } = await bundle.generate({ format: "esm", minify: true });
    expect(output).toHaveLength(1);
    return output[0].code;
  },
  async esbuild(contents) {
    const options = { bundle: true, minify: true, format: "esm", platform: "neutral", write: false } as const;
    const { outputFiles } = await build({ stdin: { contents, resolveDir: folder }, mainFields: fields, ...options });
    return outputFiles[0]?.text ?? "";
  },
};

const gzipped = (file: string) => gzipSync(file, { level: 9 }).length;

/** Bytes, minified and gzipped, of a program that makes one call: the connector and core in one file. */
async function oneCallBundle(bundler: string, id: string): Promise<number> {
  const create = `create${id[0]?.toUpperCase()}${id.slice(1)}`;
  const contents = `import { ${create} } from "@connectry/${id}"; await ${create}().GET("/v1/customers");`;
  return gzipped((await bundlers[bundler]?.(contents)) ?? "");
}

const ids = ["stripe", "github", "hubspot", "slack", "twilio"];

// From the same code esbuild makes 0.25 to 0.28 kB more than Rolldown; terser and swc make less than both.
describe.each([
  ["rolldown", 13_500],
  ["esbuild", 13_800],
])("with %s, a one-call bundle, with every default policy, is at most %d bytes", (bundler, most) => {
  test.each(ids)("%s", async (id) => {
    const bytes = await oneCallBundle(bundler, id);
    console.log(`${id}, by ${bundler}: ${bytes} bytes, minified and gzipped`);
    // A bundle without the connector would be small, too.
    expect(bytes).toBeGreaterThan(8_000);
    expect(bytes).toBeLessThanOrEqual(most);
  });
});

test("a webhook endpoint is at most 8,500 bytes, and contains neither the client nor the scheme of another provider", async () => {
  const text = await bundlers.rolldown?.(
    'import { webhooks } from "@connectry/stripe/webhooks"; export const POST = webhooks.handler({ secrets: "", on: {} });',
  );
  const bytes = gzipped(text ?? "");
  console.log(`stripe/webhooks: ${bytes} bytes, minified and gzipped`);
  expect(bytes).toBeLessThanOrEqual(8_500);
  expect(text).toContain("stripe-signature");
  for (const other of [
    "x-hub-signature-256",
    "x-slack-signature",
    "hmacSignature",
    "webhook-signature",
    "api.stripe.com",
  ]) {
    expect(text).not.toContain(other);
  }
});
