// NODE_PATH is how a package manager lets scripts require the tools of this repository.
const isSetting = (name: string) => /^((npm|pnpm)_|NODE_PATH$)/i.test(name);
const isNetworkSetting = (name: string) =>
  /^p?npm_config_(.*registry|(https?[-_])?proxy|no[-_]?proxy|ca|cafile|strict[-_]ssl|userconfig|globalconfig|\/\/.*)$/i.test(
    name,
  );

function environmentWithout(isLeftOut: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isLeftOut(name)));
}

/**
 * The environment of a consumer, without the package manager's settings under which the scripts of this repository run. The .npmrc
 * of a folder applies there, also for the registry.
 */
export const consumerEnvironment = (): NodeJS.ProcessEnv => environmentWithout(isSetting);

/** The same, with the settings by which this machine reaches its registry. */
export const networkEnvironment = (): NodeJS.ProcessEnv =>
  environmentWithout((name) => isSetting(name) && !isNetworkSetting(name));
