import { readdir, readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import typescript from "typescript";
import { describe, expect, inject, test } from "vitest";
import { readConnectors } from "../../../scripts/connectors.ts";
import { publicPackages } from "../../../scripts/public-packages.ts";
import { filesOf, readPacked } from "./packed-package.ts";

const workspace = inject("workspace");
const packages = publicPackages(workspace);
const packed = await readPacked(inject("packed"));

/** Budgets in kilobytes of a tarball and of its unpacked files; each connector names its own. */
const mostKilobytes: Readonly<Record<string, readonly [tarball: number, unpacked: number]>> = {
  "@connectry/bullmq": [9, 28],
  "@connectry/codegen": [510, 1_760],
  "@connectry/core": [850, 2_890],
  "@connectry/dashboard": [90, 215],
  "@connectry/mcp": [96, 340],
  "@connectry/pg-boss": [9, 28],
  "@connectry/rabbitmq": [9, 34],
  "@connectry/testing": [410, 1_460],
  connectry: [4, 8],
  "create-connectry": [50, 165],
  ...Object.fromEntries(
    readConnectors(workspace).map(({ packageName, mostKilobytes: { tarball, unpacked } }) => [
      packageName,
      [tarball, unpacked] as const,
    ]),
  ),
};

test("every package of the workspace is published, and no other", () => {
  expect(packed.map(({ name }) => name)).toEqual(packages.map(({ name }) => name));
});

/** The packages that a module imports: `@connectry/core/redis` counts as `@connectry/core`. */
function importedPackages(code: string): string[] {
  return typescript
    .preProcessFile(code, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => !specifier.startsWith(".") && !isBuiltin(specifier))
    .map((specifier) =>
      specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/"),
    );
}

describe.each(packed)("$name", ({ name, tarball, manifest, files, read }) => {
  const folder = packages.find((one) => one.name === name)?.folder ?? "";
  const code = files.filter((file) => /\.c?[jt]s$/.test(file));

  test("R49: runs no script when it is installed", () => {
    expect(
      Object.keys(manifest.scripts ?? {}).filter((script) => /^(pre|post)?(install|prepare|uninstall)/.test(script)),
    ).toEqual([]);
    expect(files).not.toContain("binding.gyp");
  });

  test("R49: contains its build, documentation, license and pins, and no source or test", () => {
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    const allowed =
      /^(dist\/.+(\.c?js|\.d\.c?ts)|bin\/[a-z-]+\.js|monitoring\/[a-z-]+\.(yaml|json)|spec\/[a-z.]+\.yaml|LICENSE|README\.md|CHANGELOG\.md|package\.json)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(files.filter((file) => /\.test\b|test-d|fixtures/.test(file))).toEqual([]);
  });

  test("has the declarations of every source, and its ES modules where they are not bundled", async () => {
    const sources = (await readdir(join(workspace, folder, "src"), { recursive: true }))
      .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$|\.d\.ts$|(^|\/)(testing|fixtures)\//.test(file))
      .map((file) => file.slice(0, -".ts".length));
    const { scripts } = JSON.parse(await readFile(join(workspace, folder, "package.json"), "utf8"));
    const kinds = scripts.build.includes("--emitDeclarationOnly") ? [".d.cts"] : [".d.cts", ".js"];
    const expected = sources.flatMap((source) => kinds.map((kind) => `dist/${source}${kind}`));
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.filter((file) => !files.includes(file))).toEqual([]);
  });

  test("has every file that its exports and commands name", () => {
    const { main = "", types = "", exports, imports, bin } = manifest;
    const targets = [main, types, ...[exports, imports, bin].flatMap(filesOf)].map((file) => file.replace(/^\.\//, ""));
    const found = (target: string) =>
      target.includes("*") ? files.some((file) => file.startsWith(target.split("*")[0] ?? "")) : files.includes(target);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !found(target))).toEqual([]);
  });

  test("declares every package that it imports, and imports every package that it declares", () => {
    const imported = new Set(code.flatMap((file) => importedPackages(read(file))).filter((other) => other !== name));
    const { dependencies, peerDependencies, peerDependenciesMeta, optionalDependencies } = manifest;
    const declared = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
    // What begins with # is a file of the package itself.
    const own = Object.keys(manifest.imports ?? {});
    expect([...imported].filter((other) => other.startsWith("#"))).toEqual(own);
    for (const file of own) imported.delete(file);
    expect([...imported].filter((other) => !declared.includes(other))).toEqual([]);
    // An optional peer may be a client that the user passes in, which we never import; and it may be an entry of another of our
    // packages that needs it.
    const isPeerOfOurs = (other: string) =>
      packed.some((one) => declared.includes(one.name) && one.manifest.peerDependencies?.[other] !== undefined);
    const needed = declared.filter((other) => peerDependenciesMeta?.[other]?.optional !== true && !isPeerOfOurs(other));
    expect(needed.filter((other) => !imported.has(other))).toEqual([]);
  });

  test("has version ranges that the registry understands", () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
    expect(ranges.filter(([, range]) => !/^(>=|[~^])?\d/.test(range))).toEqual([]);
  });

  test("has no warning of publint", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: tarball.slice().buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test("has correct types for every way to import it, by attw", async () => {
    const excludeEntrypoints = Object.keys(manifest.exports).filter((entry) => entry.includes("*"));
    const analysis = await checkPackage(createPackageFromTarballData(tarball), { excludeEntrypoints });
    if (!("problems" in analysis)) throw new Error("It has no types.");
    expect(analysis.problems).toEqual([]);
  });

  test("is within its size budget", () => {
    const unpacked = files.reduce((bytes, file) => bytes + Buffer.byteLength(read(file)), 0);
    const kilobytes = [tarball.length, unpacked].map((bytes) => Math.ceil(bytes / 1_000));
    console.log(`${name}: ${kilobytes[0]} kB packed, ${kilobytes[1]} kB unpacked, ${files.length} files`);
    const [mostPacked, mostUnpacked] = mostKilobytes[name] ?? [0, 0];
    expect(kilobytes[0]).toBeLessThanOrEqual(mostPacked);
    expect(kilobytes[1]).toBeLessThanOrEqual(mostUnpacked);
  });
});
