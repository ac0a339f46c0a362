import { escapeControlCharacters } from "../text/show-document-text.js";
import { plainLines } from "./plain-lines.js";
import type { Progress, ProgressStream } from "./progress.js";

/** What decides how progress is shown. */
export interface ProgressOptions {
  readonly stream: ProgressStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The current time in milliseconds. */
  readonly now: () => number;
}

/** Whether somebody looks at the stream: not in CI, which may have a terminal, and not where no sequence moves the cursor. */
function isWatched({ stream, env }: ProgressOptions): boolean {
  return stream.isTTY === true && (env.CI ?? "false") === "false" && env.TERM !== "dumb";
}

/**
 * On a terminal, a bar that is redrawn while steps are running; elsewhere, a line at the start of a step and another every five
 * seconds. Titles are shown as text, whatever a document or a server put into them.
 */
export async function createProgress(options: ProgressOptions): Promise<Progress> {
  const { stream, now } = options;
  // Imported only when needed, so that commands start faster.
  const progress = isWatched(options) ? (await import("./live-bar.js")).liveBar(stream) : plainLines(stream, now);
  return { ...progress, start: (title) => progress.start(escapeControlCharacters(title)) };
}
