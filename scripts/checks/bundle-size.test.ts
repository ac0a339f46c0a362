import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** Bytes, minified and gzipped, of a program that makes one call. */
async function oneCallBundle(connector: string, create: string, call: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { ${create} } from "${connector}"; await ${create}().${call};`,
      resolveDir: new URL("../../examples", import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

test("a one-call bundle of @connectry/stripe, every default policy and openapi-fetch included, is at most 11 kB", async () => {
  const bytes = await oneCallBundle("@connectry/stripe", "createStripe", 'GET("/v1/customers")');
  console.log(`one call to Stripe: ${bytes} bytes, minified and gzipped`);
  expect(bytes).toBeLessThanOrEqual(11_000);
});
