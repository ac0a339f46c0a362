// What the badges of a connector say, computed from what is built and what is committed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { readSpec } from "../../packages/codegen/src/spec/read-spec.ts";
import type { Connector } from "../connectors.ts";
import { countOperations } from "../connectors-table/count-operations.ts";

/** A badge: what it is about, and what it says. */
export type Badge = readonly [label: string, value: string];

/**
 * The badges of a built connector.
 * @throws Error where its declarations are missing under one of the two conditions.
 */
export async function measureBadges(workspace: string, connector: Connector): Promise<readonly Badge[]> {
  const { documents, graphql } = await readSpec(join(workspace, "specs", connector.id, "spec.yaml"));
  const dates = [...documents, ...(graphql === undefined ? [] : [graphql.schema])].map(({ date }) => String(date));
  const count = countOperations(readFileSync(join(workspace, "specs", connector.id, "surface.txt"), "utf8"));
  return [
    // Whole kilobytes, rounded up, so that not every change of a line is one of the badge.
    ["one call", `${Math.ceil((await oneCallBytes(workspace, connector)) / 1_000)} kB min+gz`],
    ["types", typesOf(workspace, connector)],
    ["operations", count.toLocaleString("en-US")],
    ["document", dates.sort().at(-1) ?? "undated"],
  ];
}

/** The bytes of a program of one call, as Rolldown bundles it, with what it does not load until it needs it left out. */
async function oneCallBytes(workspace: string, { folder, create }: Connector): Promise<number> {
  const entry = JSON.stringify(join(workspace, folder, "dist/index.js"));
  const program = `import { ${create} } from ${entry}; await ${create}().request("GET", "/things");`;
  const plugin = {
    name: "program",
    resolveId: (id: string) => (id === "program" ? id : undefined),
    load: (id: string) => (id === "program" ? program : undefined),
  };
  const bundle = await rolldown({
    input: "program",
    plugins: [plugin],
    platform: "neutral",
    resolve: { mainFields: ["module", "main"] },
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  const chunks = new Map(output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file] as const] : [])));
  const initial = new Set([output[0].fileName]);
  for (const name of initial) for (const imported of chunks.get(name)?.imports ?? []) initial.add(imported);
  return [...initial].reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? "", { level: 9 }).length, 0);
}

function typesOf(workspace: string, { folder, id }: Connector): string {
  const { exports } = JSON.parse(readFileSync(join(workspace, folder, "package.json"), "utf8"));
  for (const file of [exports["."].types, exports["."].require.types])
    if (readFileSync(join(workspace, folder, file), "utf8") === "") throw new Error(`${id}: ${file} is empty`);
  return "ESM + CommonJS";
}
