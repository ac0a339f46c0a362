/** A running step. */
export interface ProgressTask {
  /** Adds received bytes. */
  add(bytes: number): void;
  /** Ends the step: it is no longer shown. */
  end(): void;
}

/** Shows the user which steps are running. */
export interface Progress {
  start(title: string): ProgressTask;
}

/** The stream that progress is written to, such as process.stderr. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Returns to the start of the line, and clears it: https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
export const clearLine = "\r\x1b[2K";
const redrawIntervalMs = 100;
const reportIntervalMs = 5_000;

/** On a terminal, one line that is redrawn; elsewhere, a line at the start of a step and another every five seconds. */
export function createProgress(stream: ProgressStream, now: () => number = Date.now): Progress {
  return stream.isTTY === true ? liveLine(stream, now) : plainLines(stream, now);
}

function liveLine(stream: ProgressStream, now: () => number): Progress {
  const running = new Map<object, { readonly title: string; bytes: number }>();
  let drawnAt = 0;
  const draw = () => {
    drawnAt = now();
    const line = [...running.values()]
      .map(({ title, bytes }) => (bytes > 0 ? `${title} ${formatMegabytes(bytes)}` : title))
      .join(", ");
    stream.write(`${clearLine}${line.slice(0, (stream.columns ?? 80) - 1)}`);
  };
  return {
    start(title) {
      const key = {};
      const state = { title, bytes: 0 };
      running.set(key, state);
      draw();
      return {
        add(bytes) {
          state.bytes += bytes;
          if (now() - drawnAt >= redrawIntervalMs) draw();
        },
        end() {
          running.delete(key);
          draw();
        },
      };
    },
  };
}

function plainLines(stream: ProgressStream, now: () => number): Progress {
  return {
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

/** `5.9 MB` */
export function formatMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 100_000 ? 2 : 1)} MB`;
}
