import { type BulkLog, memoryLog } from "./bulk-log.js";

type Change = "begin" | "complete" | "release";

function isChange(value: unknown): value is readonly [Change, string] {
  return Array.isArray(value) && /^(begin|complete|release)$/.test(`${value[0]}`) && typeof value[1] === "string";
}

/** Applies the lines of a file to a log. The last line of a process that was killed may be incomplete: nothing was sent after it. */
async function replay(text: string, log: BulkLog): Promise<void> {
  for (const line of text.split("\n")) {
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch {
      continue;
    }
    if (isChange(entry)) await log[entry[0]](entry[1]);
  }
}

/**
 * A log in a file of lines, for the runs of one process after another on one machine. What is noted outlasts the process, also one
 * that is killed, but not a loss of power. Rejects with the error of the file system.
 */
export function fileLog(path: string): BulkLog {
  const log = memoryLog();
  const opening = (async () => {
    const { open, readFile } = await import("node:fs/promises");
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    await replay(text, log);
    const file = await open(path, "a");
    // An incomplete line must not become part of the next.
    if (text !== "" && !text.endsWith("\n")) await file.appendFile("\n");
    return file;
  })();
  // It is reported where the log is used.
  opening.catch(() => {});
  const append = async (change: Change, key: string) => {
    await (await opening).appendFile(`${JSON.stringify([change, key])}\n`);
  };
  return {
    async begin(key) {
      await opening;
      const state = await log.begin(key);
      if (state === "new") await append("begin", key);
      return state;
    },
    async complete(key) {
      await append("complete", key);
      await log.complete(key);
    },
    async release(key) {
      await append("release", key);
      await log.release(key);
    },
  };
}
