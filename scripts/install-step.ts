import type { Step } from "./run-suite.ts";

/** Installs a folder that is not part of the workspace, by its own lockfile and its own settings. */
export const installStep = (folder: string): Step => [
  `install ${folder}`,
  "npx",
  ["-y", "pnpm@12.21.0", "--dir", folder, "install", "--frozen-lockfile", "--prefer-offline"],
];
