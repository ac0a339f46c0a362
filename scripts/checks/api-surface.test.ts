import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { describePackage, surfaceFile } from "../api-surface/describe-package.ts";
import { git } from "../changeset-check/find-base.ts";
import { builtPackages, publicPackages } from "../public-packages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packages = publicPackages(root);

test.each(builtPackages(root))(
  "the public API of $name is the one that its api-surface.txt holds; `pnpm api-surface` writes it",
  {
    timeout: 30_000,
  },
  async (manifest) => {
    const committed = await readFile(join(root, surfaceFile(manifest)), "utf8").catch(() => "");
    expect(describePackage(root, manifest)).toBe(committed);
  },
);

test("every published package has an api-surface.txt next to its package.json, and no other folder has one", () => {
  const files = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*api-surface.txt");
  const found = files.split("\0").filter((file) => file !== "");
  expect(found.sort()).toEqual(packages.map(surfaceFile).sort());
});

describe("a package's surface", () => {
  const modules: Readonly<Record<string, string>> = {
    "dist/index.d.ts": `
      import type { Hidden } from "./hidden.js";
      import type { Paths } from "./generated/paths.js";
      /** What it promises. */
      export declare function create(options?: { readonly hidden?: Hidden }): Client;
      export type Client = Paths;
      export { facts } from "./generated/facts.js";
      export { join } from "node:path";
    `,
    "dist/hidden.d.ts":
      "export interface Hidden { readonly retries: number } export interface Unused { readonly a: 1 }",
    "dist/extra.d.ts": "export declare class Extra { #private; private secret; readonly open: string }",
    "dist/generated/paths.d.ts": "export interface Paths { readonly a: 1 }",
    "dist/generated/facts.d.ts": "export declare const facts: { readonly a: 1 };",
  };

  async function describeWith(changes: Readonly<Record<string, string>>): Promise<string> {
    const workspace = await mkdtemp(join(tmpdir(), "connectry-surface-"));
    try {
      for (const [file, text] of Object.entries({ ...modules, ...changes })) {
        await mkdir(join(workspace, "acme", file, ".."), { recursive: true });
        await writeFile(join(workspace, "acme", file), text);
      }
      await writeFile(join(workspace, "acme/package.json"), JSON.stringify({ type: "module" }));
      return describePackage(workspace, {
        name: "@connectry/acme",
        version: "1.0.0",
        folder: "acme",
        engines: { node: ">=20" },
        exports: {
          ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
          "./extra": { types: "./dist/extra.d.ts", default: "./dist/extra.js" },
          "./package.json": "./package.json",
        },
      });
    } finally {
      await rm(workspace, { recursive: true, force: true });
    }
  }

  test("lists the exports of every entry point and what they mention, without private members and generated code", async () => {
    expect(
      await describeWith({}),
    ).toBe(`# The public API of @connectry/acme, written by \`pnpm api-surface\`: read what changes in it.
engine: node >=20

## @connectry/acme

facts (generated)
join from node:path

type Client = Paths;

function create(options?: {
  readonly hidden?: Hidden;
}): Client;

## @connectry/acme/extra

class Extra {
  readonly open: string;
}

## @connectry/acme/package.json

(files)

## Not exported, and part of what is

interface Hidden {
  readonly retries: number;
}
`);
  });

  test("names the package of an `export *`, and does not describe that package", async () => {
    const surface = await describeWith({
      "node_modules/base/package.json": JSON.stringify({ name: "base", types: "index.d.ts" }),
      "node_modules/base/index.d.ts":
        "export declare class Base { readonly a: Part } export interface Part { readonly b: 1 }",
      "dist/index.d.ts": 'export * from "base"; export declare function create(): void;',
    });
    expect(surface).toContain(
      "## @connectry/acme\n\nBase from base\nPart from base\n\nfunction create(): void;\n\n## @connectry/acme/extra",
    );
    expect(surface).not.toContain("class Base");
    expect(surface).not.toContain("interface Part");
  });

  test.each([
    ["a parameter", { "dist/index.d.ts": "export declare function create(options: string): void;" }],
    [
      "a member of a type that is only mentioned",
      { "dist/hidden.d.ts": "export interface Hidden { readonly retries: string }" },
    ],
    ["another entry point", { "dist/extra.d.ts": "export {};" }],
  ])("changes with %s", async (_, changes) => {
    expect(await describeWith(changes)).not.toBe(await describeWith({}));
  });

  test.each([
    ["a comment", { "dist/extra.d.ts": "/** More. */ export declare class Extra { readonly open: string }" }],
    ["generated code", { "dist/generated/paths.d.ts": "export interface Paths { readonly b: 2 }" }],
    [
      "a declaration that no export mentions",
      { "dist/hidden.d.ts": "export interface Hidden { readonly retries: number }" },
    ],
  ])("does not change with %s", async (_, changes) => {
    expect(await describeWith(changes)).toBe(await describeWith({}));
  });

  test("throws for a package that was not built", async () => {
    const [core] = packages.filter(({ name }) => name === "@connectry/core");
    const exports = { ".": { types: "./dist/nowhere.d.ts", default: "./dist/nowhere.js" } };
    expect(() => describePackage(root, { ...core!, exports })).toThrow("build it first");
  });
});
