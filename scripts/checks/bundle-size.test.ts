import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));
const fields = ["module", "main"];

/** A program in the folder of the examples, as the input of Rolldown. */
function programOf(contents: string) {
  const file = join(folder, "program.js");
  return {
    input: "program",
    plugins: [
      {
        name: "program",
        resolveId: (id: string) => (id === "program" ? file : undefined),
        load: (id: string) => (id === file ? contents : undefined),
      },
    ],
  };
}

/**
 * Bundles a program and its imports, minified, by Rolldown, as Vite does, and by esbuild: the file of the program first, then what it
 * loads when it needs it.
 */
const bundlers: Readonly<Record<string, (contents: string) => Promise<readonly string[]>>> = {
  async rolldown(contents) {
    const bundle = await rolldown({ ...programOf(contents), platform: "neutral", resolve: { mainFields: fields } });
    const { output } = await bundle.generate({ format: "esm", minify: true });
    return output.map((file) => ("code" in file ? file.code : ""));
  },
  async esbuild(contents) {
    const options = { bundle: true, minify: true, format: "esm", platform: "neutral", write: false } as const;
    const files = { stdin: { contents, resolveDir: folder }, splitting: true, outdir: folder };
    const { outputFiles } = await build({ ...files, mainFields: fields, ...options });
    return outputFiles.map(({ text }) => text);
  },
};

const gzipped = (file: string) => gzipSync(file, { level: 9 }).length;

function oneCallProgram(id: string): string {
  const create = `create${id[0]?.toUpperCase()}${id.slice(1)}`;
  return `import { ${create} } from "@connectry/${id}"; await ${create}().GET("/v1/customers");`;
}

/** Bytes, minified and gzipped, of a program that makes one call, connector and core in one file; and of what it may load later. */
async function oneCallBundle(bundler: string, id: string): Promise<readonly number[]> {
  return ((await bundlers[bundler]?.(oneCallProgram(id))) ?? []).map(gzipped);
}

const ids = ["stripe", "github", "hubspot", "slack", "twilio"];
// GitHub's document promises no body for 182 of its writes: their names, or those of the others, take so much.
// Slack's limit of a channel reads it from the path, the query or the body of each message.
const ofFacts: Readonly<Record<string, number>> = { github: 1_350, slack: 220 };

// From the same code esbuild makes 0.55 to 0.7 kB more than Rolldown; terser and swc make less than both.
describe.each([
  ["rolldown", 21_400],
  ["esbuild", 22_510],
])(
  "with %s, a one-call bundle, with every default policy, is at most %d bytes, that of GitHub 1,350 and that of Slack 220 more",
  (bundler, most) => {
    test.each(ids)("%s", async (id) => {
      const [bytes, ...loaded] = await oneCallBundle(bundler, id);
      console.log(`${id}, by ${bundler}: ${bytes} bytes, and ${loaded} with the first upload, minified and gzipped`);
      // A bundle without the connector would be small, too.
      expect(bytes).toBeGreaterThan(8_000);
      expect(bytes).toBeLessThanOrEqual(most + (ofFacts[id] ?? 0));
      // Forms, files and streams: at most so much, in one file.
      expect(loaded).toHaveLength(1);
      expect(loaded[0]).toBeLessThanOrEqual(2_600);
    });
  },
);

/** The files of a one-call bundle for Node: the program, and what it loads with its first request or its first upload. */
async function oneCallOnNode(id: string): Promise<readonly string[]> {
  const bundle = await rolldown({ ...programOf(oneCallProgram(id)), platform: "node" });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  return output.map((file) => ("code" in file ? file.code : ""));
}

const isUpload = (file: string) => file.includes("Content-Disposition: form-data");

test.each(ids)(
  "%s: on Node, node:http is loaded with the first request, by at most 2,460 bytes of its own",
  async (id) => {
    const [program = 0, ...loaded] = (await oneCallOnNode(id)).filter((file) => !isUpload(file)).map(gzipped);
    console.log(`${id}, on Node: ${program} bytes, and ${loaded} with the first request, minified and gzipped`);
    expect(program).toBeGreaterThan(8_000);
    // What Node's `fetch` reports beside its response takes 0.3 kB, loading node:http some 70 bytes.
    expect(program).toBeLessThanOrEqual(21_800 + (ofFacts[id] ?? 0));
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.reduce((sum, bytes) => sum + bytes)).toBeLessThanOrEqual(2_460);
  },
);

test("a webhook endpoint is at most 8,930 bytes, and contains neither the client nor the scheme of another provider", async () => {
  const [text = "", ...others] =
    (await bundlers.rolldown?.(
      'import { webhooks } from "@connectry/stripe/webhooks"; export const POST = webhooks.handler({ secrets: "", on: {} });',
    )) ?? [];
  const bytes = gzipped(text);
  expect(others).toEqual([]);
  console.log(`stripe/webhooks: ${bytes} bytes, minified and gzipped`);
  expect(bytes).toBeLessThanOrEqual(8_930);
  expect(text).toContain("stripe-signature");
  for (const other of [
    "x-hub-signature-256",
    "x-slack-signature",
    "hmacSignature",
    "webhook-signature",
    "api.stripe.com",
    "Ed25519",
  ]) {
    expect(text).not.toContain(other);
  }
});
