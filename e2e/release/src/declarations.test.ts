import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { readConnectors } from "../../../scripts/connectors.ts";
import { type Compiler, compilers, complaints, withoutDom } from "./compilers.ts";
import { createConsumer, entriesOf } from "./consumer.ts";

const folder = join(inject("consumer"), "../tester");
const formats = { "program.ts": "an ES module", "program.cts": "CommonJS" };

beforeAll(async () => {
  const peers = ["@opentelemetry/api@1", "ai@6", "openapi-fetch@0.17", "undici@7"];
  const connectors = readConnectors(inject("workspace")).map(({ packageName }) => packageName);
  const others = ["core", "bullmq", "dashboard", "mcp", "pg-boss", "rabbitmq", "testing"].map(
    (name) => `@connectry/${name}`,
  );
  const names = [...others, ...connectors];
  await createConsumer(folder, inject("registry"), [...names, ...peers, "@types/node@20"]);
  const entries = (await Promise.all(names.map((name) => entriesOf(folder, name)))).flat();
  expect(entries).toEqual(expect.arrayContaining([...names, "@connectry/core/redis"]));
  const lines = entries.map((entry, index) => `export * as entry${index} from "${entry}";\n`);
  // TypeScript 7 includes no types by default.
  for (const file of Object.keys(formats))
    await writeFile(join(folder, file), `/// <reference types="node" />\n${lines.join("")}`);
}, 120_000);

/** The errors in our declarations. Packages of others have errors of their own: `ai` does not compile with TypeScript 5.6, nor without DOM. */
async function ourErrors(compiler: Compiler, options: readonly string[]): Promise<string[]> {
  const lines = (await complaints(compiler, folder, options)).split("\n");
  return lines.filter((line) => line.includes("error TS") && !/node_modules\/(?!@connectry\/)/.test(line));
}

describe.each(Object.entries(formats))("%s", (file, format) => {
  test.each(compilers)(
    `$name accepts the declarations of every entry of all packages but codegen, as ${format}`,
    async (compiler) => expect(await ourErrors(compiler, [file])).toEqual([]),
    300_000,
  );

  test.each(compilers)(
    `$name accepts them without DOM and under exactOptionalPropertyTypes, as ${format}`,
    async (compiler) => expect(await ourErrors(compiler, [...withoutDom, file])).toEqual([]),
    300_000,
  );
});
