/** One long step under way. */
export interface ProgressTask {
  /** More bytes have come. */
  add(bytes: number): void;
  /** The step is over; nothing more is shown of it. */
  end(): void;
}

/** Tells the user what takes so long. */
export interface Progress {
  start(what: string): ProgressTask;
}

/** Where progress is written: process.stderr. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

const redrawMs = 100;
const lineMs = 5_000;

/** On a terminal one line that keeps changing; elsewhere a line at the start and another every five seconds. */
export function createProgress(stream: ProgressStream, now: () => number = Date.now): Progress {
  return stream.isTTY === true ? liveLine(stream, now) : plainLines(stream, now);
}

function liveLine(stream: ProgressStream, now: () => number): Progress {
  const running = new Map<object, { readonly what: string; bytes: number }>();
  let drawnAt = 0;
  const draw = () => {
    drawnAt = now();
    const line = [...running.values()]
      .map(({ what, bytes }) => (bytes > 0 ? `${what} ${megabytes(bytes)}` : what))
      .join(", ");
    stream.write(`\r\x1b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`);
  };
  return {
    start(what) {
      const key = {};
      const state = { what, bytes: 0 };
      running.set(key, state);
      draw();
      return {
        add(bytes) {
          state.bytes += bytes;
          if (now() - drawnAt >= redrawMs) draw();
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
    start(what) {
      const startedAt = now();
      let toldAt = startedAt;
      let bytes = 0;
      stream.write(`${what}\n`);
      return {
        add(more) {
          bytes += more;
          if (now() - toldAt < lineMs) return;
          toldAt = now();
          stream.write(`${what}: ${megabytes(bytes)} so far\n`);
        },
        end() {
          if (toldAt > startedAt)
            stream.write(`${what}: ${megabytes(bytes)} in ${((now() - startedAt) / 1_000).toFixed(1)} s\n`);
        },
      };
    },
  };
}

/** `5.9 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 100_000 ? 2 : 1)} MB`;
}
