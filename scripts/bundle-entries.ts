// Bundles the entries that a package exports, run in the package's folder after its declarations were written, as ES modules and as
// CommonJS (with the argument `cjs` as CommonJS alone). Each entry is one file, because Node loads one file several times faster than
// many. Entries that are imported together share one file instead, so that a class or a function exists once: in core these are the
// main entry and those that connectors import besides it, and the webhooks with what those of connectors export. What other entries,
// and the other format, have in common is in both: errors recognize each other by their brand, and no entry keeps state that another
// must see. Needless code is removed while names and statements stay, so that the result can be read where it is installed.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type OutputOptions, rolldown } from "rolldown";
import { declareBothFormats } from "./bundle/declarations.ts";
import { type Manifest, readEntries, readVariants } from "./bundle/entries.ts";
import { isRequired } from "./bundle/esm-only.ts";
import { licensesOf } from "./bundle/licenses.ts";

const manifest: Manifest = JSON.parse(await readFile("package.json", "utf8"));

const entries = readEntries(manifest);
const variants = readVariants(manifest);
const targets = entries.filter(({ isTypes }) => !isTypes);
/** The files of entries that are imported together. */
const together = [
  [".", "./connector", "./internal"],
  ["./webhooks", "./connector-webhooks"],
].map((names) => targets.filter(({ name }) => names.includes(name)).map(({ file }) => file));
const isShared = (file: string) => together.some((files) => files.length > 1 && files.includes(file));

const formats = {
  esm: { extension: "js", external: /^[^./]/, platform: "neutral" },
  cjs: { extension: "cjs", external: isRequired(manifest, process.cwd()), platform: "node" },
} as const;

/** Makes a default import of a required module its `default`, where it has one, as all compilers do; rolldown follows Node. */
const defaultOfRequired = {
  name: "default-of-required",
  renderChunk: (code: string) =>
    code
      .replaceAll(/(let (\w+) = require\("[^"]+"\);\n\2 = [\w.]+\(\2), 1\)/g, "$1)")
      .replaceAll(/(__PURE__ \*\/ [\w.]+\(require\("[^"]+"\)), 1\)/g, "$1)"),
};

/** What several entries have in common, but for what a client of core loads with its first list or redirect. */
const shared = {
  groups: [
    {
      name: "shared",
      test: /src(?!\/(client\/(iterate-pages|next-cursor|page-parameters)|transport\/redirects|platform\/origin)\.ts)/,
    },
  ],
};

/** Takes, in CommonJS, the file `<name>.common.ts` in place of `<name>.ts`, where there is one: that waits while it is loaded. */
const variantOfCommonJs = {
  name: "variant-of-commonjs",
  resolveId(source: string, importer?: string) {
    const file = importer && source.startsWith(".") && join(dirname(importer), source.replace(/\.js$/, ".common.ts"));
    return file && existsSync(file) ? file : null;
  },
};

const written = new Set<string>();

/** Bundles files together. What they import() is in files next to the first of them. */
async function bundle(
  format: "esm" | "cjs",
  files: readonly [string, ...string[]],
  codeSplitting: OutputOptions["codeSplitting"] = true,
): Promise<void> {
  const { extension, external, platform } = formats[format];
  const build = await rolldown({
    input: Object.fromEntries(files.map((file) => [file, `src/${file}.ts`])),
    external,
    platform,
    plugins: format === "cjs" ? [variantOfCommonJs, defaultOfRequired] : [],
    transform: { target: "es2022" },
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await build.write({
    dir: "dist",
    format,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: join(dirname(files[0]), `[name].${extension}`),
    codeSplitting,
    // Jest cannot run import().
    dynamicImportInCjs: false,
    banner: ({ moduleIds }) => licensesOf(moduleIds),
    minify: {
      compress: { sequences: false, joinVars: false },
      mangle: false,
      codegen: { removeWhitespace: false },
    },
  });
  for (const { fileName } of output) {
    if (written.has(fileName)) throw new Error(`two entries import files that are both bundled as ${fileName}`);
    written.add(fileName);
  }
}

for (const format of process.argv[2] === "cjs" ? (["cjs"] as const) : (["esm", "cjs"] as const)) {
  for (const [first, ...others] of together) {
    if (first && others.length > 0) await bundle(format, [first, ...others], shared);
  }
  for (const variant of variants) await bundle(format, [variant]);
  for (const { file } of targets) if (!isShared(file)) await bundle(format, [file]);
}
await declareBothFormats([...entries.map(({ file }) => file), ...variants], formats.cjs.external);
