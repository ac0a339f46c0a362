import type { Options } from "cli-progress";
import type { BulkProgress } from "../bulk/index.js";
import { loadPeer } from "../errors/load-peer.js";
import { environmentVariable } from "../platform/environment.js";
import { plainLines } from "./plain-lines.js";
import type { ProgressStream } from "./progress-stream.js";

/** The options of `progressBar`. */
export interface ProgressBarOptions {
  /** What is shown before the numbers. @default "items" */
  readonly title?: string | undefined;
  /** @default process.stderr */
  readonly stream?: ProgressStream | undefined;
}

/** Whether somebody looks at the stream: not in CI, which may have a terminal, and not where no sequence moves the cursor. */
function isWatched({ isTTY }: ProgressStream): boolean {
  const ci = environmentVariable("CI") ?? "";
  return isTTY === true && (ci === "" || ci === "false") && environmentVariable("TERM") !== "dumb";
}

const endings = "{failed} failed";
const withTotal = `{title} [{bar}] {value}/{total}, ${endings}, {eta_formatted} left`;
const withoutTotal = `{title} {value}, ${endings}`;

/**
 * Shows how far a run of `bulk` is: `onProgress: await progressBar()`. On a terminal it is a bar, drawn by cli-progress (npm install
 * cli-progress) at most ten times in a second; elsewhere, and in CI, it is a line every ten seconds and one at the end.
 * @throws ConfigurationError on a terminal without cli-progress, with the command that installs it.
 */
export async function progressBar(options: ProgressBarOptions = {}): Promise<(progress: BulkProgress) => void> {
  const { title = "items", stream = process.stderr } = options;
  if (!isWatched(stream)) return plainLines(title, stream);
  const peer = { name: "cli-progress", entry: "@connectry/core/progress-bar" };
  const { SingleBar } = (await loadPeer(peer, () => import("cli-progress"))).default;
  // Lines are cut instead of not wrapped: a program that is killed leaves the terminal as it was.
  const settings: Options = { stream: stream as NodeJS.WritableStream, linewrap: true };
  let bar: InstanceType<typeof SingleBar> | undefined;
  return ({ done, failed, skipped, unknown, total, isEnded }) => {
    const value = done + failed + skipped + unknown;
    if (!bar) {
      bar = new SingleBar({ ...settings, format: total === undefined ? withoutTotal : withTotal });
      bar.start(total ?? 0, value, { title, failed });
    }
    bar.update(value, { failed });
    if (isEnded) bar.stop();
  };
}
