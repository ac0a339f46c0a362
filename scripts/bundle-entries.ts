// Bundles each entry point that a package exports into one file of its own, run in the package's folder: as one file a
// package is loaded several times faster than as many. What two entries share stands in both; errors know each other by
// their brand, and no entry keeps state that another must see. Needless words are taken out of the code while names and
// statements stay, so that it can be read where it is installed; a bundler that shortens names makes more of it then.
import { readFile } from "node:fs/promises";
import { rolldown } from "rolldown";

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

const { exports } = JSON.parse(await readFile("package.json", "utf8")) as Manifest;
const entries = Object.values(exports)
  .flatMap((target) => (typeof target === "string" ? [] : [target.default]))
  .map((file) => file.replace("./dist/", "").replace(/\.js$/, ""));
for (const entry of entries) {
  const bundle = await rolldown({
    input: { [entry]: `src/${entry}.ts` },
    external: /^[^./]/,
    platform: "neutral",
    transform: { target: "es2022" },
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  await bundle.write({
    dir: "dist",
    entryFileNames: "[name].js",
    codeSplitting: false,
    minify: {
      compress: { sequences: false, joinVars: false },
      mangle: false,
      codegen: { removeWhitespace: false },
    },
  });
}
