import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { peerUses } from "../../e2e/release/src/peer-uses.ts";
import { builtPackages, type PublicPackage } from "../public-packages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packages = builtPackages(root);

/** An entry of a package, and the packages that its code imports. */
interface EntryImports {
  readonly entry: string;
  readonly imports: readonly { readonly name: string; readonly isStatic: boolean }[];
}

const nameOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

async function readImports({ name, folder, exports = {} }: PublicPackage): Promise<EntryImports[]> {
  const entries = Object.entries(exports).flatMap(([subpath, conditions]) => {
    const file = typeof conditions === "string" ? undefined : conditions.default;
    return file?.endsWith(".js") ? [{ entry: join(name, subpath), file: join(root, folder, file) }] : [];
  });
  return Promise.all(
    entries.map(async ({ entry, file }) => {
      const options = { bundle: true, packages: "external", format: "esm", write: false, metafile: true } as const;
      const { metafile } = await build({ entryPoints: [file], platform: "node", outdir: "out", ...options });
      const imports = Object.values(metafile.outputs)
        .flatMap((output) => output.imports)
        .filter(({ external, path }) => external && !path.startsWith("node:") && !path.startsWith("#"))
        .map(({ path, kind }) => ({ name: nameOf(path), isStatic: kind === "import-statement" }));
      return { entry, imports };
    }),
  );
}

describe.each(packages)("$name", (one) => {
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = one;
  const optional = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional);

  test("every entry imports what is installed with it, or an optional peer whose absence it reports", async () => {
    const found: string[] = [];
    for (const { entry, imports } of await readImports(one)) {
      for (const { name, isStatic } of imports) {
        if (optional.includes(name)) {
          // By `import()` alone: the entry could not be loaded otherwise, and could say nothing.
          expect(isStatic, `${entry} imports ${name}`).toBe(false);
          found.push(`${entry} ${name}`);
        } else if (name !== one.name)
          expect([...Object.keys(dependencies), ...Object.keys(peerDependencies)], entry).toContain(name);
      }
    }
    const named = peerUses
      .filter(({ entry }) => nameOf(entry) === one.name)
      .map(({ entry, peer }) => `${entry} ${peer}`);
    expect([...new Set(found)].sort()).toEqual(named.sort());
  });

  test("every optional peer is imported by an entry, or passed to one by the program", () => {
    const imported = peerUses.filter(({ entry }) => nameOf(entry) === one.name).map(({ peer }) => peer);
    // Whose instances are arguments: `openTelemetry({ api })`, `pinoLog(logger)`, `pgBossQueue(boss)`; of Slack the types of blocks alone.
    const passed = ["@opentelemetry/api", "pino", "winston", "pg-boss", "rabbitmq-client", "@slack/types"];
    expect(optional.filter((name) => !imported.includes(name) && !passed.includes(name))).toEqual([]);
  });
});
