import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { compilers, complaints } from "./compilers.ts";
import { createConsumer } from "./consumer.ts";

const folder = join(inject("consumer"), "../tester");

/** Every entry point of an installed package, except those that need an optional package. */
async function entriesOf(name: string): Promise<string[]> {
  const { exports, peerDependencies = {} } = JSON.parse(
    await readFile(join(folder, "node_modules", name, "package.json"), "utf8"),
  );
  return Object.keys(exports)
    .map((entry) => entry.slice(2))
    .filter((entry) => entry !== "package.json" && !(entry in peerDependencies))
    .map((entry) => (entry === "" ? name : `${name}/${entry}`));
}

beforeAll(async () => {
  await createConsumer(folder, inject("registry"), ["@connectry/bullmq", "@connectry/testing", "@types/node@20"]);
  const names = ["@connectry/core", "@connectry/bullmq", "@connectry/testing"];
  const entries = (await Promise.all(names.map(entriesOf))).flat();
  expect(entries).toEqual(expect.arrayContaining([...names, "@connectry/core/redis"]));
  const lines = entries.map((entry, index) => `export * as entry${index} from "${entry}";\n`);
  // TypeScript 7 includes no types by default.
  await writeFile(join(folder, "program.ts"), `/// <reference types="node" />\n${lines.join("")}`);
}, 120_000);

test.each(compilers)("$name accepts the declarations of every entry of core, bullmq and testing", async (compiler) => {
  expect(await complaints(compiler, folder, ["program.ts"])).toBe("");
});
