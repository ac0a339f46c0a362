import type { BulkProgress } from "../bulk/index.js";
import { systemClock } from "../platform/clock.js";
import type { ProgressStream } from "./progress-stream.js";

const intervalMs = 10_000;

/** Writes a line when ten seconds have passed since the last, and one at the end: for logs, which nothing may overwrite. */
export function plainLines(title: string, stream: ProgressStream): (progress: BulkProgress) => void {
  let writtenAt = systemClock.now();
  return ({ done, failed, skipped, unknown, total, isEnded }) => {
    if (!isEnded && systemClock.now() - writtenAt < intervalMs) return;
    writtenAt = systemClock.now();
    const ended = done + failed + skipped + unknown;
    stream.write(`${title}: ${ended}${total === undefined ? "" : ` of ${total}`}, ${failed} failed\n`);
  };
}
