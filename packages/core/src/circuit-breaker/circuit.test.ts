import { seededRandom } from "@connectry/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCircuit, type Health } from "./circuit.js";

type Report = (health: Health) => void;
type Entered = Report | number;

const options = { failureRatio: 0.5, minAttempts: 4, windowMs: 1_000, openMs: 5_000, maxProbes: 2 };

function setUp(own: object = {}) {
  let nowMs = 0;
  const circuit = createCircuit({ ...options, ...own }, () => nowMs);
  return {
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** Milliseconds until the circuit lets an attempt through; else the function that reports its outcome. */
    enter: (): Entered => {
      const entry = circuit.enter(nowMs);
      return entry.kind === "open" ? entry.retryAfterMs : entry.report;
    },
    /** An attempt that ends at once; false where none may go. */
    attempt: (health: Health) => {
      const entry = circuit.enter(nowMs);
      if (entry.kind === "open") return false;
      entry.report(health);
      return true;
    },
  };
}

describe("R35: a circuit", () => {
  test("opens when half of the attempts of a window failed, and reports how long it stays open", () => {
    const { attempt, enter, pass } = setUp();
    for (const health of ["good", "good", "bad", "bad"] as const) expect(attempt(health)).toBe(true);
    expect(enter()).toBe(5_000);
    pass(4_000);
    expect(enter()).toBe(1_000);
  });

  test("stays closed below failureRatio, below minAttempts, and for failures of earlier windows", () => {
    const { attempt, pass } = setUp();
    for (const health of ["bad", "bad", "bad"] as const) attempt(health);
    pass(3_000);
    for (let i = 0; i < 100; i += 1) {
      for (const health of ["good", "good", "bad"] as const) expect(attempt(health)).toBe(true);
      pass(100);
    }
  });

  test("does not count attempts with an unknown outcome", () => {
    const { attempt } = setUp();
    for (let i = 0; i < 100; i += 1) expect(attempt("unknown")).toBe(true);
    for (let i = 0; i < 3; i += 1) expect(attempt("bad")).toBe(true);
    expect(attempt("good")).toBe(true);
    expect(attempt("good")).toBe(false);
  });

  test("lets maxProbes probes through after openMs: a success closes it, and a failure opens it again", () => {
    for (const health of ["good", "bad"] as const) {
      const { attempt, enter, pass } = setUp();
      for (let i = 0; i < 4; i += 1) attempt("bad");
      pass(5_000);
      const probes = [enter(), enter()] as [Report, Report];
      expect(enter()).toBeTypeOf("number");
      probes[0](health);
      expect(typeof enter()).toBe(health === "good" ? "function" : "number");
      // What began before that says nothing any more.
      probes[1](health === "good" ? "bad" : "good");
      expect(typeof enter()).toBe(health === "good" ? "function" : "number");
    }
  });

  test("lets another probe through after one with an unknown outcome", () => {
    const { enter, attempt, pass } = setUp({ maxProbes: 1 });
    for (let i = 0; i < 4; i += 1) attempt("bad");
    pass(5_000);
    (enter() as Report)("unknown");
    expect(attempt("good")).toBe(true);
    expect(attempt("good")).toBe(true);
  });

  test("R35: behaves as its model does over 100,000 random events, and always lets a probe through after openMs", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), (seed, maxProbes) => {
        const random = seededRandom(seed);
        const { enter, pass } = setUp({ maxProbes });
        const model = createModel(maxProbes);
        const under: { readonly report: Report; readonly modelReport: Report }[] = [];
        const seen = new Set<string>();
        for (let event = 0; event < 10_000; event += 1) {
          const dice = random();
          if (dice < 0.3) {
            const ms = random() * 1_500;
            pass(ms);
            model.pass(ms);
          } else if (dice < 0.65 || under.length === 0) {
            const entered = enter();
            const modelReport = model.enter();
            seen.add(`${model.state} ${typeof entered}`);
            if (typeof entered === "number" || typeof modelReport === "number") {
              expect(entered).toBeCloseTo(modelReport as number, 6);
            } else under.push({ report: entered, modelReport });
          } else {
            const [one] = under.splice(Math.floor(random() * under.length), 1);
            const health = random() < 0.4 ? "bad" : random() < 0.8 ? "good" : "unknown";
            one?.report(health);
            one?.modelReport(health);
          }
        }
        expect(seen.size).toBeGreaterThanOrEqual(4);
        for (const { report } of under) report("unknown");
        pass(options.openMs);
        const probe = enter();
        expect(probe).toBeTypeOf("function");
        (probe as Report)("good");
        expect(enter()).toBeTypeOf("function");
      }),
      { numRuns: 10 },
    );
  });
});

/** The same circuit, computed from a log of all outcomes. */
function createModel(maxProbes: number) {
  let nowMs = 0;
  let untilMs: number | undefined;
  let era = 0;
  let probing = 0;
  let windows: { readonly startMs: number; readonly log: ("good" | "bad")[] }[] = [];
  const open = () => {
    era += 1;
    probing = 0;
    untilMs = nowMs + options.openMs;
  };
  // A window begins with the first outcome after the end of the last one, in whatever state.
  let lastStartMs = -Infinity;
  const record = (health: "good" | "bad") => {
    if (nowMs >= lastStartMs + options.windowMs) {
      if (nowMs >= lastStartMs + 2 * options.windowMs) windows = [];
      windows.push({ startMs: nowMs, log: [] });
      lastStartMs = nowMs;
    }
    if (windows.length === 0) windows.push({ startMs: lastStartMs, log: [] });
    windows.at(-1)?.log.push(health);
    const recent = windows.slice(-2).flatMap(({ log }) => log);
    const bad = recent.filter((one) => one === "bad").length;
    if (recent.length >= options.minAttempts && bad / recent.length >= options.failureRatio) {
      windows = [];
      open();
    }
  };
  return {
    get state() {
      return untilMs === undefined ? "closed" : nowMs < untilMs ? "open" : "half-open";
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
    enter(): Entered {
      if (untilMs !== undefined && nowMs < untilMs) return untilMs - nowMs;
      if (untilMs !== undefined && probing >= maxProbes) return 1_000;
      if (untilMs !== undefined) probing += 1;
      const own = era;
      return (health) => {
        if (own !== era) return;
        if (untilMs === undefined && health !== "unknown") record(health);
        else if (untilMs !== undefined && health === "unknown") probing -= 1;
        else if (untilMs !== undefined && health === "bad") open();
        else if (untilMs !== undefined) {
          era += 1;
          untilMs = undefined;
        }
      };
    },
  };
}
