/** When a circuit opens, and when it is tried again. */
export interface CircuitOptions {
  /** The circuit opens when this share of a window's attempts failed. @default 0.5 */
  readonly failureRatio?: number | undefined;
  /** Attempts that a window must hold before its share of failures counts. @default 20 */
  readonly minAttempts?: number | undefined;
  /** How far back attempts count, in milliseconds. @default 10_000 */
  readonly windowMs?: number | undefined;
  /** How long the circuit stays open before a probe is let through, in milliseconds. @default 10_000 */
  readonly openMs?: number | undefined;
  /** How many probes may be under way at once while it is not known whether the provider has recovered. @default 1 */
  readonly maxProbes?: number | undefined;
}

/** What an attempt showed about the provider: nothing, where it was aborted or the caller made a mistake. */
export type Health = "good" | "bad" | "unknown";

/** Whether an attempt may be sent. */
export type CircuitEntry =
  /** It may; `report` takes what the attempt showed, at its end. */
  | { readonly kind: "closed"; readonly report: (health: Health) => void }
  /** It may not; ask again after so many milliseconds. */
  | { readonly kind: "open"; readonly retryAfterMs: number };

/** The state of a circuit breaker: closed, open for a while, or half-open, when a few probes decide. */
export interface Circuit {
  enter(nowMs: number): CircuitEntry;
  /** For how many milliseconds it lets nothing through; 0 or less where it does. */
  openForMs(nowMs: number): number;
}

interface Counts {
  good: number;
  bad: number;
}

const noAttempts = (): Counts => ({ good: 0, bad: 0 });

/** Creates a closed circuit. Attempts count for one window and the elapsed part of the next. */
export function createCircuit(options: CircuitOptions, clockMs: () => number): Circuit {
  const { failureRatio = 0.5, minAttempts = 20, windowMs = 10_000, openMs = 10_000, maxProbes = 1 } = options;
  // Undefined while it is closed.
  let probesAtMs: number | undefined;
  let probes = 0;
  // An attempt that began before the state last changed says nothing about the present state.
  let generation = 0;
  let current = noAttempts();
  let previous = noAttempts();
  let startedAtMs = -Infinity;

  const changeState = (atMs: number | undefined) => {
    generation += 1;
    probes = 0;
    probesAtMs = atMs;
    current = noAttempts();
    previous = noAttempts();
  };
  const rollWindow = (nowMs: number) => {
    if (nowMs < startedAtMs + windowMs) return;
    previous = nowMs < startedAtMs + 2 * windowMs ? current : noAttempts();
    current = noAttempts();
    startedAtMs = nowMs;
  };
  const count = (health: "good" | "bad", nowMs: number) => {
    rollWindow(nowMs);
    current[health] += 1;
    const bad = current.bad + previous.bad;
    const all = bad + current.good + previous.good;
    if (all >= minAttempts && bad >= all * failureRatio) changeState(nowMs + openMs);
  };

  return {
    openForMs: (nowMs) => (probesAtMs ?? nowMs) - nowMs,
    enter(nowMs) {
      if (probesAtMs !== undefined) {
        if (nowMs < probesAtMs) return { kind: "open", retryAfterMs: probesAtMs - nowMs };
        if (probes >= maxProbes) return { kind: "open", retryAfterMs: 1_000 };
        probes += 1;
      }
      const own = generation;
      return {
        kind: "closed",
        report(health) {
          if (own !== generation) return;
          const endedAtMs = clockMs();
          if (probesAtMs === undefined) {
            if (health !== "unknown") count(health, endedAtMs);
          } else if (health === "unknown") probes -= 1;
          else changeState(health === "good" ? undefined : endedAtMs + openMs);
        },
      };
    },
  };
}
