import { isAbsolute, relative } from "node:path";

/** A path as a message shows it: relative to where the user stands, unless it is somewhere else entirely. */
export function showPath(path: string, cwd: string = process.cwd()): string {
  const short = relative(cwd, path);
  if (short === "") return ".";
  return isAbsolute(short) || short.split(/[\\/]/).filter((part) => part === "..").length > 3 ? path : short;
}
