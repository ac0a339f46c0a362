import { availableParallelism } from "node:os";
import type { Measured } from "./interleave.ts";

/** Does something once for each subject, as many at once as there are cores: for what is not itself timed. */
export async function inParallel<S, T>(
  subjects: readonly S[],
  work: (subject: S) => Promise<T>,
): Promise<Map<S, Measured<T>>> {
  const results = new Map<S, Measured<T>>();
  const waiting = [...subjects];
  const worker = async () => {
    for (let subject = waiting.shift(); subject !== undefined; subject = waiting.shift()) {
      try {
        results.set(subject, { kind: "figures", rounds: [await work(subject)] });
      } catch (error) {
        results.set(subject, { kind: "failed", why: error instanceof Error ? error.message : String(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
