/** Installs a folder that is not part of the workspace, by its own lockfile and its own settings. */
export const installStep = (folder: string): [title: string, command: string, args: readonly string[]] => [
  `install ${folder}`,
  "npx",
  ["-y", "pnpm@12.21.0", "--dir", folder, "install", "--frozen-lockfile", "--prefer-offline"],
];
