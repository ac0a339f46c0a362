import { expect, onTestFinished, test } from "vitest";
import { runProgram } from "../run-program.js";
import { startChaosServer } from "../transport-chaos/chaos-server.js";

interface Report {
  readonly outcomes: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly unhandled: readonly string[];
  readonly left: readonly string[];
  readonly open: number;
  readonly grownBytes: number;
  readonly calls: number;
}

const calls = 50_000;

// 25 to 50 s each on two cores; the limit only ends what hangs.
test.each(["node:http", "fetch", "undici"])(
  "R6: of 50,000 calls by %s, 200 at once, under random faults, no write is doubled, nothing is left, and the process ends",
  async (transport) => {
    const server = await startChaosServer(1);
    onTestFinished(() => server.close());
    const file = new URL("../transport-chaos/chaos.program.ts", import.meta.url);
    const { out, code, signal, errors } = await runProgram(file, { args: [server.url, transport, `${calls}`] });
    expect({ code, signal, errors }).toEqual({ code: 0, signal: null, errors: "" });
    const report = JSON.parse(out) as Report;
    const { outcomes, unhandled, left, open } = report;
    console.log(transport, `${server.faults()} faults,`, `${report.grownBytes} bytes more,`, report.errors);
    expect({ calls: report.calls, unhandled, left, open }).toEqual({ calls, unhandled: [], left: [], open: 0 });
    expect(report.grownBytes).toBeLessThan(5_000_000);

    const writes = Object.entries(outcomes);
    const timesOf = (id: string) => server.applied.get(id) ?? 0;
    expect(writes.length).toBeGreaterThan(calls / 4);
    expect(server.faults()).toBeGreaterThan(calls / 10);
    expect(writes.filter(([id]) => timesOf(id) > 1)).toEqual([]);
    // What is said of a write is true: only what is unknown may be either.
    expect(writes.filter(([id, outcome]) => outcome === "applied" && timesOf(id) !== 1)).toEqual([]);
    expect(writes.filter(([id, outcome]) => outcome === "not-applied" && timesOf(id) !== 0)).toEqual([]);
    expect(new Set(Object.values(outcomes))).toEqual(new Set(["applied", "not-applied", "unknown"]));
  },
  600_000,
);
