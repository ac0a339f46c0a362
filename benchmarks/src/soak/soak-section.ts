import { readFile, writeFile } from "node:fs/promises";
import type { SoakFigures } from "../../../packages/core/test/soak/soak-figures.ts";
import { load, machineLine } from "../report/machine.ts";
import { markdownTable } from "../report/table.ts";

const results = new URL("../../RESULTS.md", import.meta.url);
const heading = "## Soak: four processes on a cluster of six";
// Those that `pnpm bench:add` writes follow it; `pnpm bench` keeps both.
const next = "## Lists of real documents";

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const whole = (count: number) => count.toLocaleString("en-US");

/** The section about a soak, as Markdown. */
export function soakSection(figures: SoakFigures, machine: string): string {
  const { chaos, failures, heapBytes, keys, resources } = figures;
  const failed = Object.entries(failures);
  const rows = [
    [
      "faults",
      Object.entries(chaos)
        .map(([name, count]) => `${count} × ${name}`)
        .join(", "),
    ],
    [
      "writes: sent, lost, with two keys",
      [figures.writes, figures.lostWrites, figures.doubledWrites].map(whole).join(", "),
    ],
    [
      "reads by the cache, requests to the provider for them",
      `${whole(figures.reads)}, ${whole(figures.priceRequests)}`,
    ],
    ["the oldest response, beyond what its calls accept", `${Math.max(0, Math.round(figures.oldestMs))} ms`],
    [
      "responses that the provider lost, and 503",
      `${whole(figures.lostResponses)}, ${whole(figures.unavailableResponses)}`,
    ],
    ["calls that failed", failed.length === 0 ? "0" : failed.map(([name, count]) => `${count} × ${name}`).join("; ")],
    ["the most calls of a tenant in a second, of its limit", figures.worstSecond.toFixed(2)],
    [
      "events: delivered, lost, with two effects",
      [figures.events, figures.lostEvents, figures.doubledEvents].map(whole).join(", "),
    ],
    [
      "deliveries, and those that were to come again",
      `${whole(figures.deliveries)}, ${whole(figures.rejectedDeliveries)}`,
    ],
    [
      "refreshes, tokens that were used twice, revocations",
      [figures.refreshes, figures.reuses, figures.revocations].map(whole).join(", "),
    ],
    ["heap of the largest process, after a third and at the end", heapBytes.map(megabytes).join(", ")],
    ["timers and sockets of a process, likewise", resources.map(whole).join(", ")],
    ["keys in the cluster, likewise", keys.map(whole).join(", ")],
  ];
  const unmet = [
    ...(failed.length > 0 ? [`${whole(failed.reduce((sum, [, count]) => sum + count, 0))} calls failed`] : []),
    ...(figures.lostWrites + figures.lostEvents > 0 ? ["something was lost"] : []),
    ...(figures.doubledWrites > 0 ? ["a write had two keys"] : []),
    ...(figures.doubledEvents > 0
      ? [
          `${figures.doubledEvents} events had two effects: ${figures.forgottenEvents} whose second delivery was accepted when the inbox had forgotten them (15 s here), ${figures.unexplainedEvents} neither so nor within 2 s of the kill of a master`,
        ]
      : []),
  ];
  return `${heading}

Written by \`pnpm bench:soak\`: ${figures.minutes} minutes, ${machine}. Calls, cache, webhooks and refreshes run together in four processes, on a
Redis Cluster of three masters and their replicas, of which one after another is killed and started again, stopped, slow, and has slots
moved away; a process is stopped, and the provider rejects all tokens.

${markdownTable([["", ""], ...rows])}

${unmet.length === 0 ? "Met: nothing is lost, doubled or grows." : `NOT MET: ${unmet.join("; ")}.`}
`;
}

/** The section as RESULTS.md has it; empty where it has none. */
export async function readSoakSection(): Promise<string> {
  const text = await readFile(results, "utf8").catch(() => "");
  const start = text.indexOf(heading);
  if (start < 0) return "";
  const end = text.indexOf("\n## ", start + 1);
  return `\n${text.slice(start, end < 0 ? undefined : end + 1).trimEnd()}\n`;
}

/** Replaces the section in RESULTS.md. */
export async function writeSoakSection(figures: SoakFigures): Promise<void> {
  const text = await readFile(results, "utf8");
  const old = await readSoakSection();
  const others = old === "" ? text : text.replace(old.trim(), "").replace(/\n{3,}/g, "\n\n");
  const section = soakSection(figures, `${machineLine()}; load ${load()}`);
  const at = others.indexOf(next);
  await writeFile(
    results,
    at < 0 ? `${others.trimEnd()}\n\n${section}` : `${others.slice(0, at)}${section}\n${others.slice(at)}`,
  );
}
