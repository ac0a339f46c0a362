import { isAbsolute, relative } from "node:path";

/** A path for messages: relative to `cwd`, or absolute if it is more than three folders above. */
export function showPath(path: string, cwd: string = process.cwd()): string {
  const short = relative(cwd, path);
  if (short === "") return ".";
  return isAbsolute(short) || short.split(/[\\/]/).filter((part) => part === "..").length > 3 ? path : short;
}
