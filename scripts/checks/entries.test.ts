import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { type Manifest, readEntries } from "../bundle/entries.ts";
import { isRequired } from "../bundle/esm-only.ts";
import { builtPackages } from "../public-packages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const bothFormats = {
  require: { types: "./dist/a/index.d.cts", default: "./dist/a/index.cjs" },
  types: "./dist/a/index.d.ts",
  default: "./dist/a/index.js",
};
const typesVersions = { "*": { "*": ["./dist/*/index.d.cts"] } };
const manifest = (entry: object, rest: Partial<Manifest> = { typesVersions }) =>
  ({ name: "acme", exports: { "./a": entry }, ...rest }) as Manifest;

describe("an entry of a package", () => {
  test("is its name and its file", () => {
    expect(readEntries(manifest(bothFormats))).toEqual([{ name: "./a", file: "a/index", isTypes: false }]);
  });

  test("may have types alone", () => {
    const { require, types } = bothFormats;
    expect(readEntries(manifest({ require: { types: require.types }, types }))).toMatchObject([{ isTypes: true }]);
  });

  test.each([
    ["without CommonJS", { types: bothFormats.types, default: bothFormats.default }],
    ["with the declarations of the other format", { ...bothFormats, types: bothFormats.require.types }],
    ["with `require` last, where no runtime comes to it", Object.fromEntries(Object.entries(bothFormats).reverse())],
  ])("%s is refused, and the message shows how it is written", (_, entry) => {
    expect(() => readEntries(manifest(entry))).toThrow(`acme: write "./a": ${JSON.stringify(bothFormats, null, 2)}`);
  });

  test("that TypeScript does not find without `exports` is refused", () => {
    expect(() => readEntries(manifest(bothFormats, {}))).toThrow('do not lead to a/index.d.cts for "./a"');
  });
});

describe("a CommonJS build", () => {
  const require = isRequired(
    {
      name: "@connectry/core",
      exports: {},
      dependencies: { "lru-cache": "*" },
      peerDependencies: { "p-limit": "*", "openapi-fetch": "*", "not-installed": "*" },
    },
    join(root, "packages/core"),
  );

  test.each(["lru-cache", "openapi-fetch", "node:fs", "#upload"])("requires %s where it is installed", (specifier) => {
    expect(require(specifier)).toBe(true);
  });

  test.each([
    ["consists of ES modules alone", "p-limit"],
    ["such a package imports", "yocto-queue"],
    ["is a file of the package", "./bulk.js"],
  ])("contains what %s: %s", (_, specifier) => {
    expect(require(specifier)).toBe(false);
  });

  test("fails where a dependency is not installed, whose format is not known", () => {
    expect(() => require("not-installed")).toThrow("Cannot find module 'not-installed'");
  });
});

const built = builtPackages(root).flatMap(({ name, folder, exports = {}, peerDependencies = {} }) =>
  Object.entries(exports).flatMap(([subpath, target]) =>
    typeof target === "string" || target.default === undefined
      ? []
      : [
          {
            entry: join(name, subpath),
            esm: join(root, folder, target.default),
            folder,
            peers: Object.keys(peerDependencies),
          },
        ],
  ),
);

test.each(built)("$entry has the same exports as ES module and as CommonJS", async ({ esm, entry, folder }) => {
  const require = createRequire(join(root, folder, "package.json"));
  const file = require.resolve(entry);
  expect(file).toBe(esm.replace(/js$/, "cjs"));
  const { "module.exports": _, ...namespace } = await import(esm);
  expect(Object.keys(require(file)).sort()).toEqual(Object.keys(namespace).sort());
  // What is loaded as CommonJS can be loaded by Jest, which runs no import().
  const code = (await readFile(file, "utf8")).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  expect(code.match(/[^.\w]import\((?!\\")/)).toBeNull();
});

/** The packages that a file imports when it is loaded, by itself or by other files of its package. */
async function importedBy(file: string, seen = new Set<string>()): Promise<readonly string[]> {
  if (seen.has(file)) return [];
  seen.add(file);
  const code = await readFile(file, "utf8");
  const specifiers = [...code.matchAll(/^(?:import|export) (?:[^"]* from )?"([^"]+)"/gm)].map(([, name = ""]) => name);
  const own = specifiers.filter((name) => name.startsWith("."));
  const others = await Promise.all(own.map((name) => importedBy(join(dirname(file), name), seen)));
  const packages = specifiers.filter((name) => !name.startsWith("."));
  return [...packages.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? ""), ...others.flat()];
}

test.each(built)("$entry loads without the packages that are installed beside it", async ({ esm, peers }) => {
  // By `loadPeer`, which says what is missing, and the command that installs it.
  const needed = (await importedBy(esm)).filter((name) => peers.includes(name));
  expect([...new Set(needed)]).toEqual([]);
});

// As in Jest's environment of jsdom.
const cores = built.filter(({ entry }) => entry.startsWith("@connectry/core"));

test.each(cores)("$entry loads where there is no fetch API", async ({ esm }) => {
  const missing = ["fetch", "Request", "Response", "ReadableStream", "TextEncoder", "TextDecoder"];
  // Node loads its own fetch with the first Headers, which jsdom has.
  const load = `new Headers(); for (const name of ${JSON.stringify(missing)}) delete globalThis[name]; require(process.argv[1]);`;
  await promisify(execFile)(process.execPath, ["-e", load, esm.replace(/js$/, "cjs")]);
});
