// Simulates everything that docs/scale.md shows, and writes benchmarks/SCALE.json. `--measure` measures Redis on this machine before;
// names of scenarios run these only, and keep what the file has of the others.
import { readFile, writeFile } from "node:fs/promises";
import { bundleCore, importCore } from "./load-core.ts";
import { measureTimes } from "./redis/measure-times.ts";
import { readTimes } from "./redis/measured-times.ts";
import { coldKey, leases, manyTenants, oneRedis, pauses, sharedQuota, tokenRefresh } from "./scenarios.ts";

const scenarios = { sharedQuota, leases, manyTenants, oneRedis, pauses, coldKey, tokenRefresh };
const file = new URL("../../SCALE.json", import.meta.url);

const wanted = process.argv.slice(2).filter((arg) => arg !== "--measure");
const unknown = wanted.find((name) => !(name in scenarios));
if (unknown !== undefined) {
  console.error(`unknown scenario \`${unknown}\`: use one of ${Object.keys(scenarios).join(", ")}`);
  process.exit(1);
}

const core = await importCore(await bundleCore());
const measured = process.argv.includes("--measure") ? await measureTimes(core) : readTimes();
const known = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as Record<string, unknown>;
const results: Record<string, unknown> = { ...known };
for (const [name, scenario] of Object.entries(scenarios)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const startedAtMs = performance.now();
  const points = await scenario({ core, measured });
  results[name] = points;
  console.log(`${name}: ${((performance.now() - startedAtMs) / 1_000).toFixed(0)} s`);
  console.table(points);
  const ordered = Object.fromEntries(
    Object.keys(scenarios).flatMap((key) => (key in results ? [[key, results[key]]] : [])),
  );
  await writeFile(file, `${JSON.stringify(ordered, undefined, 2)}\n`);
}
