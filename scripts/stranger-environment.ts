/** The environment of somebody who has none of the settings that this repository's own scripts run under. */
export function strangerEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name)));
}
