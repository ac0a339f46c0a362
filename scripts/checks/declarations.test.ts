import { execFile } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtPackages, type PublicPackage } from "../public-packages.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const codegen = createRequire(new URL("../../packages/codegen/package.json", import.meta.url));
/** The oldest version that we support, and the current one. e2e/release compiles the packed packages with all of them. */
const compilers = {
  "TypeScript 5.6": codegen.resolve("typescript-5.6/bin/tsc"),
  "TypeScript 7": join(root, "node_modules/typescript/bin/tsc"),
};
const folder = join(root, "examples/declarations");

// A server's program under the strictest settings: no types of browsers, and declarations of libraries are checked, too.
const compilerOptions = {
  ...{ noEmit: true, strict: true, target: "es2022", module: "nodenext", lib: ["ES2023"], types: ["node"] },
  ...{ skipLibCheck: false, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
};

/** The entries of a package that have types, as a program imports them: `@connectry/core/redis`. */
function entriesOf({ name, exports = {} }: PublicPackage): string[] {
  return Object.entries(exports)
    .filter(([, target]) => typeof target === "object" && target.types !== undefined)
    .map(([subpath]) => join(name, subpath));
}

beforeAll(async () => {
  // These are commands: no program of a server imports them.
  const commands = ["@connectry/codegen", "connectry", "create-connectry"];
  const packages = builtPackages(root).filter(({ name }) => !commands.includes(name));
  const entries = packages.flatMap(entriesOf);
  expect(entries).toEqual(
    expect.arrayContaining(["@connectry/core/redis", "@connectry/stripe", "@connectry/stripe/types"]),
  );
  await rm(folder, { recursive: true, force: true });
  // All of them are installed here, without examples/ naming each connector.
  await mkdir(join(folder, "node_modules/@connectry"), { recursive: true });
  for (const { name, folder: own } of packages.filter(({ name }) => name.startsWith("@connectry/")))
    await symlink(join(root, own), join(folder, "node_modules", name));
  const program = entries.map((entry, index) => `export * as entry${index} from "${entry}";\n`).join("");
  await writeFile(join(folder, "program.ts"), program);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(Object.entries(compilers))(
  "%s accepts the declarations of every entry without DOM and under exactOptionalPropertyTypes, libraries included",
  async (_, tsc) => {
    const { stdout } = await run(process.execPath, [tsc, "-p", folder], { cwd: folder }).catch((error) => error);
    const errors: string[] = stdout.split("\n").filter((line: string) => line.includes("error TS"));
    // Packages of others, such as `ai`, have errors of their own under these settings.
    expect(errors.filter((line) => !line.includes("node_modules/"))).toEqual([]);
  },
);
