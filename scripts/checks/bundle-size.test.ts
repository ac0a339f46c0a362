import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** Bytes, minified and gzipped, of a program that makes one call: the connector and core in one file. */
async function oneCallBundle(id: string): Promise<number> {
  const create = `create${id[0]?.toUpperCase()}${id.slice(1)}`;
  const { outputFiles } = await build({
    stdin: {
      contents: `import { ${create} } from "@connectry/${id}"; await ${create}().GET("/v1/customers");`,
      resolveDir: fileURLToPath(new URL("../../examples", import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
}

// Facts count: GitHub's and Twilio's lists and servers are why theirs are larger.
test.each([
  ["stripe", 12_000],
  ["github", 12_000],
  ["hubspot", 12_000],
  ["slack", 12_000],
  ["twilio", 12_000],
])("a one-call bundle of %s, with every default policy, is at most %d bytes", async (id, most) => {
  const bytes = await oneCallBundle(id);
  console.log(`${id}: ${bytes} bytes, minified and gzipped`);
  expect(bytes).toBeLessThanOrEqual(most);
});
