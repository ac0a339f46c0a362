// Bundles the entries that a package exports, run in the package's folder after its declarations were written, as ES modules and as
// CommonJS (with the argument `cjs` as CommonJS alone). Each entry is one file, because Node loads one file several times faster than
// many. Entries that are imported together share one file instead, so that a class or a function exists once: in core these are the
// main entry and those that connectors import besides it. What other entries, and the other format, have in common is in both: errors
// recognize each other by their brand, and no entry keeps state that another must see. Needless code is removed while names and
// statements stay, so that the result can be read where it is installed.
import { readFile } from "node:fs/promises";
import { type OutputOptions, rolldown } from "rolldown";
import { declareBothFormats } from "./bundle/declarations.ts";
import { type Manifest, readEntries, readVariants } from "./bundle/entries.ts";
import { isRequired } from "./bundle/esm-only.ts";
import { licensesOf } from "./bundle/licenses.ts";

const manifest: Manifest = JSON.parse(await readFile("package.json", "utf8"));
const together = ["./connector", "./internal"];

const entries = readEntries(manifest);
const variants = readVariants(manifest);
const targets = entries.filter(({ isTypes }) => !isTypes);
const hasShared = targets.some(({ name }) => together.includes(name));
const isShared = ({ name }: { readonly name: string }) => hasShared && (name === "." || together.includes(name));

const formats = {
  esm: { extension: "js", external: /^[^./]/, platform: "neutral" },
  cjs: { extension: "cjs", external: isRequired(manifest, process.cwd()), platform: "node" },
} as const;

/** Makes a default import of a required module its `default`, where it has one, as all compilers do; rolldown follows Node. */
const defaultOfRequired = {
  name: "default-of-required",
  renderChunk: (code: string) => code.replaceAll(/(__toESM\((?:require\("[^"]+"\)|\w+)), 1\)/g, "$1)"),
};

async function bundle(
  format: "esm" | "cjs",
  files: readonly string[],
  codeSplitting: OutputOptions["codeSplitting"],
): Promise<void> {
  const { extension, external, platform } = formats[format];
  const build = await rolldown({
    input: Object.fromEntries(files.map((file) => [file, `src/${file}.ts`])),
    external,
    platform,
    plugins: format === "cjs" ? [defaultOfRequired] : [],
    transform: { target: "es2022" },
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  await build.write({
    dir: "dist",
    format,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `[name].${extension}`,
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
}

for (const format of process.argv[2] === "cjs" ? (["cjs"] as const) : (["esm", "cjs"] as const)) {
  const shared = targets.filter(isShared).map(({ file }) => file);
  if (shared.length > 0) await bundle(format, shared, { groups: [{ name: "shared", test: /src/ }] });
  for (const variant of variants) await bundle(format, [variant], true);
  for (const target of targets) if (!isShared(target)) await bundle(format, [target.file], false);
}
await declareBothFormats([...entries.map(({ file }) => file), ...variants]);
