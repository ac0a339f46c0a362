import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { compilers, complaints } from "./compilers.ts";
import { createConsumer, entriesOf } from "./consumer.ts";

const folder = join(inject("consumer"), "../tester");
const formats = { "program.ts": "an ES module", "program.cts": "CommonJS" };

beforeAll(async () => {
  const peers = ["@opentelemetry/api@1", "ai@6", "openapi-fetch@0.17", "undici@7"];
  const names = [
    "@connectry/core",
    "@connectry/bullmq",
    "@connectry/dashboard",
    "@connectry/mcp",
    "@connectry/testing",
  ];
  await createConsumer(folder, inject("registry"), [...names, ...peers, "@types/node@20"]);
  const entries = (await Promise.all(names.map((name) => entriesOf(folder, name)))).flat();
  expect(entries).toEqual(expect.arrayContaining([...names, "@connectry/core/redis"]));
  const lines = entries.map((entry, index) => `export * as entry${index} from "${entry}";\n`);
  // TypeScript 7 includes no types by default.
  for (const file of Object.keys(formats))
    await writeFile(join(folder, file), `/// <reference types="node" />\n${lines.join("")}`);
}, 120_000);

describe.each(Object.entries(formats))("%s", (file, format) => {
  test.each(compilers)(
    `$name accepts the declarations of every entry of core, bullmq, dashboard, mcp and testing, as ${format}`,
    async (compiler) => {
      expect(await complaints(compiler, folder, [file])).toBe("");
    },
  );
});
