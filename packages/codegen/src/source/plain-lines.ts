import { formatMegabytes } from "../text/format-megabytes.js";
import type { Progress, ProgressStream } from "./progress.js";

const reportIntervalMs = 5_000;

/** A line at the start of a step, and another every five seconds. */
export function plainLines(stream: ProgressStream, now: () => number): Progress {
  return {
    expect: () => {},
    start(title) {
      const startedAt = now();
      let reportedAt = startedAt;
      let bytes = 0;
      stream.write(`${title}\n`);
      return {
        add(more) {
          bytes += more;
          if (now() - reportedAt < reportIntervalMs) return;
          reportedAt = now();
          stream.write(`${title}: ${formatMegabytes(bytes)} so far\n`);
        },
        end() {
          if (reportedAt > startedAt)
            stream.write(`${title}: ${formatMegabytes(bytes)} in ${((now() - startedAt) / 1_000).toFixed(1)} s\n`);
        },
      };
    },
  };
}
