import { realpathSync } from "node:fs";

/**
 * Whether a file is of an installed package: below a folder node_modules, where it really is. A package of the user's own
 * workspace is only linked there.
 */
export function isInstalled(file: string): boolean {
  let path = file;
  try {
    path = realpathSync(file);
  } catch {
    // A file that does not exist is reported where it is read.
  }
  return path.split(/[\\/]/).includes("node_modules");
}
