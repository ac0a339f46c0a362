import { fileURLToPath } from "node:url";
import { CodegenError } from "../errors/codegen-error.js";

/** npm's settings in the format that its fetchers take: registry, proxy, certificates, credentials. */
export type NpmSettings = Readonly<Record<string, unknown>>;

/**
 * By default npm waits 10 s before its first retry and 60 s before its second, in which a registry that is down says nothing. These
 * are 0.3 s and 0.9 s: several packages that wait one after another are then reported within seconds, too.
 */
const shortWaits = { minTimeout: 300, factor: 3 };

/**
 * Reads the user's npm settings as npm itself does: the .npmrc of project, user and machine, and npm_config_ variables. Only
 * its waits between retries are shorter, unless they are set: 0.3 s and 0.9 s.
 * @throws CodegenError if npm rejects them.
 */
export async function loadNpmSettings(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<NpmSettings> {
  const [{ default: Config }, { default: definitions }] = await Promise.all([
    import("@npmcli/config"),
    import("@npmcli/config/lib/definitions/index.js"),
  ]);
  const config = new Config({
    ...definitions,
    // The folder of npm's builtin npmrc. The folder of this code has no such file.
    npmPath: fileURLToPath(new URL(".", import.meta.url)),
    // Not the arguments of this process: they are not meant for npm.
    argv: [process.execPath, "connectry"],
    // A copy, because `load` writes to it.
    env: { ...env },
    cwd,
  });
  try {
    await config.load();
    // npm sends the one-time password to every address that it fetches from. Only publishing needs one.
    const { otp: _otp, ...settings } = config.flat;
    const isDefault = config.isDefault("fetch-retry-mintimeout") && config.isDefault("fetch-retry-factor");
    return isDefault ? { ...settings, retry: { ...(settings.retry as object), ...shortWaits } } : settings;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CodegenError(
      `npm's settings cannot be read: ${reason}`,
      ["Run `npm config list` to see where they come from."],
      { cause },
    );
  }
}
