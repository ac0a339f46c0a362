/** When a circuit opens, and when it is tried again. */
export interface CircuitOptions {
  /** Opens where so much of a window's attempts failed. @default 0.5 */
  readonly failureRatio?: number | undefined;
  /** Attempts that a window must hold before it says anything. @default 20 */
  readonly minAttempts?: number | undefined;
  /** How far back attempts count, in milliseconds. @default 10_000 */
  readonly windowMs?: number | undefined;
  /** How long it stays open before a probe is let through, in milliseconds. @default 10_000 */
  readonly openMs?: number | undefined;
  /** Probes at once, while it is not known whether the provider is back. @default 1 */
  readonly maxProbes?: number | undefined;
}

/** What an attempt said about the provider: nothing, where it was aborted or the mistake was the caller's. */
export type Health = "good" | "bad" | "unknown";

/** Leaves a circuit, with what the attempt came to. */
export type Leave = (health: Health) => void;

/** A circuit breaker's state: closed, open for a while, or half-open, when a few probes decide. */
export interface Circuit {
  /** What the attempt that may go calls at its end; or, where none may go, how many milliseconds to wait. */
  enter(nowMs: number): Leave | number;
}

interface Counts {
  good: number;
  bad: number;
}

const none = (): Counts => ({ good: 0, bad: 0 });

/** Makes a circuit that is closed. Attempts count for one window and what has passed of the next. */
export function createCircuit(options: CircuitOptions, clockMs: () => number): Circuit {
  const { failureRatio = 0.5, minAttempts = 20, windowMs = 10_000, openMs = 10_000, maxProbes = 1 } = options;
  // Undefined while it is closed.
  let probesAtMs: number | undefined;
  let probes = 0;
  // What was begun before the state last changed says nothing of the present one.
  let era = 0;
  let current = none();
  let before = none();
  let startedAtMs = -Infinity;

  const change = (atMs: number | undefined) => {
    era += 1;
    probes = 0;
    probesAtMs = atMs;
    current = none();
    before = none();
  };
  const roll = (nowMs: number) => {
    if (nowMs < startedAtMs + windowMs) return;
    before = nowMs < startedAtMs + 2 * windowMs ? current : none();
    current = none();
    startedAtMs = nowMs;
  };
  const count = (health: "good" | "bad", nowMs: number) => {
    roll(nowMs);
    current[health] += 1;
    const bad = current.bad + before.bad;
    const all = bad + current.good + before.good;
    if (all >= minAttempts && bad >= all * failureRatio) change(nowMs + openMs);
  };

  return {
    enter(nowMs) {
      if (probesAtMs !== undefined) {
        if (nowMs < probesAtMs) return probesAtMs - nowMs;
        if (probes >= maxProbes) return 1_000;
        probes += 1;
      }
      const own = era;
      return (health) => {
        if (own !== era) return;
        const endedAtMs = clockMs();
        if (probesAtMs === undefined) {
          if (health !== "unknown") count(health, endedAtMs);
        } else if (health === "unknown") probes -= 1;
        else change(health === "good" ? undefined : endedAtMs + openMs);
      };
    },
  };
}
