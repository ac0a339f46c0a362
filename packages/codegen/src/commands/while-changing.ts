import { type FSWatcher, watch } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join, resolve as resolvePath } from "node:path";
import { globFiles } from "../diff/usage/glob-files.js";
import type { CommandContext } from "./command-context.js";

/** Which files are watched. */
export interface WatchedFiles {
  /** Glob patterns. */
  readonly patterns: readonly string[];
  /** The file that is written, which does not count. */
  readonly except: string;
}

/** What distinguishes the files that match from those of another time: their names, sizes and times. */
async function stateOf({ patterns, except }: WatchedFiles, cwd: string): Promise<string> {
  const paths = (await globFiles(patterns, cwd)).filter((path) => join(cwd, path) !== except);
  const states = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(join(cwd, path)).catch(() => undefined);
      return `${path} ${found?.size} ${found?.mtimeMs}`;
    }),
  );
  return states.join("\n");
}

/** The folder of a pattern: what comes before its first wildcard. */
const folderOf = (pattern: string) => dirname(`${pattern.replace(/[*?{].*$/, "")}x`);

/** Runs `work` at once, and again after each change of the files, until the command is interrupted. Runs never overlap. */
export async function whileChanging(
  files: WatchedFiles,
  { cwd, interrupted }: Pick<CommandContext, "cwd" | "interrupted">,
  work: () => Promise<void>,
): Promise<void> {
  let last: string | undefined;
  let isRunning = false;
  let isChanged = false;
  const run = async () => {
    isChanged = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (isChanged) {
        isChanged = false;
        const state = await stateOf(files, cwd);
        if (state === last) continue;
        last = state;
        await work();
      }
    } finally {
      isRunning = false;
    }
  };
  const folders = [...new Set(files.patterns.map((pattern) => resolvePath(cwd, folderOf(pattern))))];
  const watchers: FSWatcher[] = [];
  try {
    await run();
    await new Promise<void>((resolve, reject) => {
      for (const folder of folders)
        watchers.push(watch(folder, { recursive: true }, () => void run().catch(reject)).on("error", reject));
      // What changed before the folders were watched.
      void run().catch(reject);
      void interrupted().then(resolve, reject);
    });
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
