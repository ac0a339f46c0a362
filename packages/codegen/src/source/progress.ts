/** A running step. */
export interface ProgressTask {
  /** Adds received bytes. */
  add(bytes: number): void;
  /** Ends the step: it is no longer shown. */
  end(): void;
}

/** Shows the user which steps are running, and how many of the expected ones have ended. */
export interface Progress {
  /** Announces steps, so that it can be shown how many are left. */
  expect(steps: number): void;
  start(title: string): ProgressTask;
}

/** The stream that progress is written to, such as process.stderr. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Shows a step while its work is running. */
export async function runStep<Result>(
  progress: Progress,
  title: string,
  work: (task: ProgressTask) => Promise<Result>,
): Promise<Result> {
  const task = progress.start(title);
  try {
    return await work(task);
  } finally {
    task.end();
  }
}
