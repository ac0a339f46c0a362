import { isDeepStrictEqual } from "node:util";

type Conditions = { readonly [condition: string]: string | Conditions };

/** The fields of a package.json that say what can be imported, and how. */
export interface Manifest {
  readonly name: string;
  readonly main?: string;
  readonly types?: string;
  readonly exports: Readonly<Record<string, string | Conditions>>;
  /** What TypeScript reads instead of `exports` where it resolves as Node 10 did. */
  readonly typesVersions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** The variants of a file for one platform or another, from which a runtime or a bundler chooses. */
  readonly imports?: Readonly<Record<string, Conditions>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** An entry of a package. */
export interface Entry {
  /** As in `exports`: `./redis`. */
  readonly name: string;
  /** Its file without folder and extension: `redis/index`, from which `dist/redis/index.js` is built. */
  readonly file: string;
  /** Whether it consists of types alone. */
  readonly isTypes: boolean;
}

/** How an entry is written in `exports`: each format with declarations of its own. */
const conditionsOf = ({ file, isTypes }: Omit<Entry, "name">): Conditions => {
  const format = (extension: string) => ({
    types: `./dist/${file}.d.${extension.replace("js", "ts")}`,
    ...(isTypes ? {} : { default: `./dist/${file}.${extension}` }),
  });
  return { require: format("cjs"), ...format("js") };
};

/** The file that TypeScript takes for an entry where it does not read `exports`. */
function resolveAsNode10({ main, types, typesVersions }: Manifest, { name, file }: Entry): boolean {
  const declarations = `./dist/${file}.d.cts`;
  if (name === ".") return types === declarations && main === `./dist/${file}.cjs`;
  const subpath = name.slice(2);
  const patterns = typesVersions?.["*"]?.["*"] ?? [];
  return patterns.some((pattern) => pattern.replace("*", subpath) === declarations);
}

/**
 * The entries of a package that are built.
 * @throws Error if one is not importable both as an ES module and by `require()`. It shows how the entry is to be written.
 */
export function readEntries(manifest: Manifest): readonly Entry[] {
  return Object.entries(manifest.exports).flatMap(([name, target]) => {
    if (typeof target === "string") return [];
    const file = String(target.types ?? target.default).replace(/^\.\/dist\/|(\.d)?\.c?[jt]s$/g, "");
    const entry = { name, file, isTypes: target.default === undefined };
    const expected = conditionsOf(entry);
    if (!isDeepStrictEqual(target, expected) || Object.keys(target)[0] !== "require")
      throw new Error(`${manifest.name}: write "${name}": ${JSON.stringify(expected, undefined, 2)} in its exports`);
    if (!resolveAsNode10(manifest, entry))
      throw new Error(`${manifest.name}: main, types or typesVersions do not lead to ${file}.d.cts for "${name}"`);
    return [entry];
  });
}

/** The files, as in `Entry`, from which `imports` lets a platform choose. */
export function readVariants({ imports = {} }: Manifest): ReadonlySet<string> {
  const filesOf = (target: string | Conditions): string[] =>
    typeof target === "string" ? [target] : Object.values(target).flatMap(filesOf);
  return new Set(
    Object.values(imports)
      .flatMap(filesOf)
      .map((file) => file.replace(/^\.\/dist\/|(\.d)?\.c?[jt]s$/g, "")),
  );
}
