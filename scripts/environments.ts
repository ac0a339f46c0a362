const isSetting = (name: string) => /^(npm|pnpm)_/i.test(name);
const isNetworkSetting = (name: string) =>
  /^p?npm_config_(.*registry|(https?[-_])?proxy|no[-_]?proxy|ca|cafile|strict[-_]ssl|userconfig|globalconfig|\/\/.*)$/i.test(
    name,
  );

function environmentWithout(isLeftOut: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isLeftOut(name)));
}

/**
 * The environment of somebody who has none of the settings that this repository's own scripts run under. What the .npmrc
 * of a folder says counts there: the registry, too.
 */
export const consumerEnvironment = (): NodeJS.ProcessEnv => environmentWithout(isSetting);

/** The same, with the settings that say how this machine reaches its registry. */
export const networkEnvironment = (): NodeJS.ProcessEnv =>
  environmentWithout((name) => isSetting(name) && !isNetworkSetting(name));
