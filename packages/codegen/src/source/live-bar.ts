import cliProgress from "cli-progress";
import { formatMegabytes } from "../text/format-megabytes.js";
import type { Progress, ProgressStream } from "./progress.js";

interface RunningStep {
  readonly title: string;
  bytes: number;
}

/** A bar of the steps that were announced, with the running ones beside it. It disappears while nothing is running. */
export function liveBar(stream: ProgressStream): Progress {
  const running = new Set<RunningStep>();
  let expected = 0;
  let ended = 0;
  const bar = new cliProgress.SingleBar({
    stream: stream as NodeJS.WritableStream,
    clearOnComplete: true,
    barsize: 20,
    // Lines are cut instead of not wrapped: a command that is killed leaves the terminal as it was.
    linewrap: true,
    format: "[{bar}] {value}/{total} {steps}",
  });
  const draw = () => {
    const steps = [...running].map(({ title, bytes }) => (bytes > 0 ? `${title} ${formatMegabytes(bytes)}` : title));
    bar.update(ended, { steps: steps.join(", ") });
  };
  return {
    expect(steps) {
      expected += steps;
    },
    start(title) {
      const step = { title, bytes: 0 };
      running.add(step);
      // A step that was not announced is one more.
      const total = Math.max(expected, ended + running.size);
      if (running.size === 1) bar.start(total, ended, { steps: title });
      bar.setTotal(total);
      draw();
      return {
        add(bytes) {
          step.bytes += bytes;
          draw();
        },
        end() {
          running.delete(step);
          ended += 1;
          draw();
          if (running.size === 0) bar.stop();
        },
      };
    },
  };
}
