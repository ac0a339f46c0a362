// Bundles each entry point that a package exports into one file of its own, run in the package's folder: as one file a
// package is loaded several times faster than as many. What two entries share stands in both; errors know each other by
// their brand, and no entry keeps state that another must see.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

const { exports } = JSON.parse(await readFile("package.json", "utf8")) as Manifest;
const entryPoints = Object.values(exports)
  .flatMap((target) => (typeof target === "string" ? [] : [target.default]))
  .map((file) => file.replace("./dist/", "src/").replace(/\.js$/, ".ts"));
await build({
  entryPoints,
  outdir: "dist",
  outbase: "src",
  bundle: true,
  format: "esm",
  target: "es2022",
  packages: "external",
  logLevel: "warning",
});
