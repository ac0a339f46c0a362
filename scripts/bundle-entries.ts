// Bundles the entries that a package exports, run in the package's folder. Each entry is one file, because Node loads one
// file several times faster than many. Entries that are imported together share one file instead, so that a class or a
// function exists once: in core these are the main entry and those that connectors import besides it. What other entries
// have in common is in both: errors recognize each other by their brand, and no entry keeps state that another must see.
// Needless code is removed while names and statements stay, so that the result can be read where it is installed.
import { readFile } from "node:fs/promises";
import { type OutputOptions, rolldown } from "rolldown";

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly default?: string }>>;
  /** The variants of a file for one platform or another, from which a runtime or a bundler chooses. */
  readonly imports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const { exports, imports = {} } = JSON.parse(await readFile("package.json", "utf8")) as Manifest;
const together = ["./connector", "./internal"];

const entryOf = (target: string) => target.replace("./dist/", "").replace(/\.js$/, "");
const targets = Object.entries(exports).flatMap(([name, target]) =>
  // An entry of types alone has no code.
  typeof target === "string" || !target.default ? [] : [{ name, entry: entryOf(target.default) }],
);
const hasShared = targets.some(({ name }) => together.includes(name));
const isShared = ({ name }: { readonly name: string }) => hasShared && (name === "." || together.includes(name));

async function bundle(entries: readonly string[], codeSplitting: OutputOptions["codeSplitting"]): Promise<void> {
  const build = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
    external: /^[^./]/,
    platform: "neutral",
    transform: { target: "es2022" },
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  await build.write({
    dir: "dist",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    codeSplitting,
    minify: {
      compress: { sequences: false, joinVars: false },
      mangle: false,
      codegen: { removeWhitespace: false },
    },
  });
}

const shared = targets.filter(isShared).map(({ entry }) => entry);
if (shared.length > 0) await bundle(shared, { groups: [{ name: "shared", test: /src/ }] });
const variants = Object.values(imports).flatMap(({ types: _, ...targets }) => Object.values(targets));
for (const variant of new Set(variants)) await bundle([entryOf(variant)], true);
for (const target of targets) if (!isShared(target)) await bundle([target.entry], false);
