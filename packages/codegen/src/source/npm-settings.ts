import { fileURLToPath } from "node:url";
import { CodegenError } from "../codegen-error.js";

/** Registry, proxy, certificates, credentials: npm's settings in the form that its fetchers take. */
export type NpmSettings = Readonly<Record<string, unknown>>;

/**
 * Reads the user's npm settings as npm itself does: .npmrc of project, user and machine, and npm_config_ variables.
 * Throws where npm would refuse them.
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
    // Where npm's builtin npmrc would be. We are not npm, and have none.
    npmPath: fileURLToPath(new URL("../..", import.meta.url)),
    // Our own flags are not npm's.
    argv: [process.execPath, "connectry"],
    // A copy: loading writes into it.
    env: { ...env },
    cwd,
  });
  try {
    await config.load();
    return config.flat;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CodegenError(
      `npm's settings cannot be read: ${reason}`,
      ["`npm config list` shows where they come from."],
      { cause },
    );
  }
}
