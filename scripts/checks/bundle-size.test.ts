import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";
import { type Connector, readConnectors } from "../connectors.ts";
import { leftOutConnectors } from "../left-out.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "examples");
const leftOut = leftOutConnectors(root);
const connectors = readConnectors(root).filter(({ id }) => !leftOut.includes(id));
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

/** The files of a bundle: those that a program begins with, and what it loads when it needs it. */
interface Bundle {
  readonly initial: readonly string[];
  readonly later: readonly string[];
}

/** Divides files by what the first of them imports, and what those import. */
function divide(files: ReadonlyMap<string, { readonly code: string; readonly imports: readonly string[] }>): Bundle {
  const initial = new Set([...files.keys()].slice(0, 1));
  for (const name of initial) for (const imported of files.get(name)?.imports ?? []) initial.add(imported);
  const codeOf = (isInitial: boolean) =>
    [...files].filter(([name]) => initial.has(name) === isInitial).map(([, { code }]) => code);
  return { initial: codeOf(true), later: codeOf(false) };
}

async function bundleByRolldown(contents: string, platform: "neutral" | "node"): Promise<Bundle> {
  const fieldsOf = platform === "neutral" ? { resolve: { mainFields: fields } } : {};
  const bundle = await rolldown({ ...programOf(contents), platform, ...fieldsOf });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  return divide(new Map(output.flatMap((file) => ("code" in file ? [[file.fileName, file] as const] : []))));
}

/** Bundles a program and its imports, minified, by Rolldown, as Vite does, and by esbuild. */
const bundlers: Readonly<Record<string, (contents: string) => Promise<Bundle>>> = {
  rolldown: (contents) => bundleByRolldown(contents, "neutral"),
  async esbuild(contents) {
    const options = { bundle: true, minify: true, format: "esm", platform: "neutral", write: false } as const;
    const files = { stdin: { contents, resolveDir: folder }, splitting: true, outdir: folder, metafile: true };
    const { outputFiles, metafile } = await build({ ...files, mainFields: fields, ...options });
    const written = Object.entries(metafile?.outputs ?? {}).sort(([, one]) => (one.entryPoint === "<stdin>" ? -1 : 1));
    return divide(
      new Map(
        written.map(([name, { imports }]) => {
          const code = outputFiles.find(({ path }) => path.endsWith(basename(name)))?.text ?? "";
          const known = imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path);
          return [name, { code, imports: known }];
        }),
      ),
    );
  },
};

const gzipped = (file: string) => gzipSync(file, { level: 9 }).length;
const gzippedAll = (files: readonly string[]) => files.map(gzipped).reduce((sum, bytes) => sum + bytes, 0);

/** Whether a file is loaded with the first operation of GraphQL; some of its files only pass on what others have in common. */
const isForGraphql = (file: string) => /\bvariables\b|sendOperation/.test(file) || gzipped(file) < 200;

/** Whether a file is loaded with the first token request, of connectors whose credential is exchanged: `oauth4webapi`. */
const isForTokens = (file: string) => file.includes("OAUTH_RESPONSE_BODY_ERROR");

/** Whether a file is loaded with the first redirect. */
const isForRedirects = (file: string) => file.includes("was not followed");

const oneCallProgram = ({ folder, create }: Connector) =>
  `import { ${create} } from ${JSON.stringify(join(root, folder, "dist/index.js"))}; await ${create}().GET("/v1/customers");`;
/** Whether its profile has a credential that is exchanged for a token. */
const exchangesTokens = (id: string) =>
  readFileSync(join(root, "packages/connectors", id, "src/profile.ts"), "utf8").includes('kind: "client-credentials"');
/** Whether specs/ names the schema of its GraphQL API. */
const hasGraphql = (id: string) => /^graphql:/m.test(readFileSync(join(root, "specs", id, "spec.yaml"), "utf8"));

// From the same code esbuild makes 0.55 to 0.7 kB more than Rolldown; terser and swc make less than both.
describe.each([
  // 0.14 to 0.17 kB of it asks for quotas in bodies, tenants by header, shapes of errors and the usual media type.
  // 0.15 kB asks for a token before the first call, and 0.1 kB tells the environments of a provider apart.
  // 0.04 kB lets an offset grow by what a page says, of connectors that have offsets.
  // 0.35 kB learns what operations of GraphQL cost, of buckets and of quotas, and gives back what they did not take.
  ["rolldown", 22_600],
  ["esbuild", 23_720],
])(
  "with %s, a one-call bundle, with every default policy, is at most %d bytes and those of its facts (connector.json)",
  (bundler, most) => {
    test.each(connectors)("$id", async (connector) => {
      const { id, moreBundleBytes = 0 } = connector;
      const bundle = (await bundlers[bundler]?.(oneCallProgram(connector))) ?? { initial: [], later: [] };
      const { initial } = bundle;
      const redirects = bundle.later.filter(isForRedirects);
      const tokens = bundle.later.filter(isForTokens);
      const later = bundle.later.filter((file) => !isForTokens(file) && !isForRedirects(file));
      const [graphql, others] = [later.filter(isForGraphql), later.filter((file) => !isForGraphql(file))];
      const [bytes, loaded] = [gzippedAll(initial), others.map(gzipped).sort((a, b) => a - b)];
      console.log(
        `${id}, by ${bundler}: ${bytes} bytes, ${loaded[0]} with the first list, ${loaded[1]} with the first upload`,
      );
      // A bundle without the connector would be small, too.
      expect(bytes).toBeGreaterThan(8_000);
      expect(bytes).toBeLessThanOrEqual(most + moreBundleBytes);
      // The pages of lists in one file, of which 10 bytes tell a scroll from a cycle; forms, files and streams in another.
      expect(loaded).toHaveLength(2);
      expect(loaded[0]).toBeLessThanOrEqual(1_510);
      expect(loaded[1]).toBeLessThanOrEqual(2_600);
      // The entry for tokens has a copy of its own.
      expect(redirects).toHaveLength(exchangesTokens(id) ? 2 : 1);
      expect(Math.max(...redirects.map(gzipped))).toBeLessThanOrEqual(900);
      // Of connectors that have it, with the first operation of GraphQL.
      expect(graphql.length > 0).toBe(hasGraphql(id));
      expect(gzippedAll(graphql)).toBeLessThanOrEqual(6_900);
      expect(tokens.length > 0).toBe(exchangesTokens(id));
      expect(gzippedAll(tokens)).toBeLessThanOrEqual(14_600);
    });
  },
);

// Its files for uploads and for lists, which a program of one call does not load.
const isForOthers = (file: string) =>
  isForGraphql(file) ||
  isForTokens(file) ||
  isForRedirects(file) ||
  /Content-Disposition: form-data|totalDeadlineMs:\s*\w+\s*,\s*\.\.\./.test(file);

test.each(connectors)(
  "$id: on Node, node:http is loaded with the first request, by at most 3,190 bytes of its own",
  async (connector) => {
    const { id, moreBundleBytes = 0 } = connector;
    const { initial, later } = await bundleByRolldown(oneCallProgram(connector), "node");
    const [program, loaded] = [gzippedAll(initial), later.filter((file) => !isForOthers(file)).map(gzipped)];
    console.log(`${id}, on Node: ${program} bytes, and ${loaded} with the first request, minified and gzipped`);
    expect(program).toBeGreaterThan(8_000);
    // What Node's `fetch` reports beside its response takes 0.3 kB, loading node:http some 70 bytes.
    expect(program).toBeLessThanOrEqual(23_160 + moreBundleBytes);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.reduce((sum, bytes) => sum + bytes)).toBeLessThanOrEqual(3_190);
  },
);

test("a webhook endpoint is at most 10,400 bytes, and contains neither the client nor the scheme of another provider", async () => {
  const { initial, later } = await bundleByRolldown(
    'import { webhooks } from "@connectry/stripe/webhooks"; export const POST = webhooks.handler({ secrets: "", on: {} });',
    "neutral",
  );
  const text = initial.join("\n");
  const bytes = gzipped(text);
  expect(later).toEqual([]);
  console.log(`stripe/webhooks: ${bytes} bytes, minified and gzipped`);
  expect(bytes).toBeLessThanOrEqual(10_400);
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
