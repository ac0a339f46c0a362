import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

/** Relative imports in a declaration file, whose extension is the module's. */
const relativeImport = /(\bfrom |\bimport\(|^import )"(\.\.?\/[^"]*)\.js"/gm;

/** Imports of types from a package. */
const packageImport = /^import (?:type )?\{([^}]*)\} from "([^."][^"]*)";$/gm;

/** Imports from packages that consist of ES modules alone, as TypeScript allows it in CommonJS: of their types only. */
function importEsmTypes(text: string, isRequired: (specifier: string) => boolean): string {
  return text.replace(packageImport, (line, names: string, specifier: string) =>
    isRequired(specifier)
      ? line
      : `import type {${names.replaceAll(/\btype /g, "")}} from "${specifier}" with { "resolution-mode": "import" };`,
  );
}

/**
 * Makes the declarations that TypeScript wrote into `dist` those of both formats. They become CommonJS (`.d.cts`), which both can
 * import, and each of `entries` gets a `.d.ts` that re-exports them. So a class has one type, whichever format a program and its
 * dependencies load, and a package does not contain its declarations twice.
 */
export async function declareBothFormats(
  entries: readonly string[],
  isRequired: (specifier: string) => boolean,
): Promise<void> {
  const files = (await readdir("dist", { recursive: true })).filter((file) => file.endsWith(".d.ts"));
  await Promise.all(
    files.map(async (file) => {
      const path = join("dist", file);
      const text = await readFile(path, "utf8");
      const common = path.replace(/ts$/, "cts");
      const changed = importEsmTypes(text.replace(relativeImport, '$1"$2.cjs"'), isRequired);
      if (changed !== text) await writeFile(path, changed);
      await rename(path, common);
    }),
  );
  for (const entry of entries)
    await writeFile(join("dist", `${entry}.d.ts`), `export * from "./${basename(entry)}.cjs";\n`);
}
