import { ConfigurationError } from "./connectry-error.js";

/** A package that a program installs beside this one, because only the users of one entry need it. */
interface Peer {
  /** The name of the package. */
  readonly name: string;
  /** The entry that needs it: `@connectry/core/undici`. */
  readonly entry: string;
}

/** Whether a module system did not find a package; what the package itself does not find, or throws, is another error. */
function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const isNamed = [`'${name}'`, `"${name}"`].some((quoted) => `${message}`.includes(quoted));
  return isNamed && /^(ERR_)?MODULE_NOT_FOUND$/.test(`${code}`);
}

/**
 * What an entry throws where its peer could not be loaded: a ConfigurationError with the command that installs it where it is missing,
 * otherwise what the package has thrown.
 */
export function toPeerError({ name, entry }: Peer, cause: unknown): unknown {
  if (!isMissing(cause, name)) return cause;
  const message = `${entry} needs the package ${name}, which is not installed: npm install ${name}`;
  return new ConfigurationError(message, { cause });
}

/**
 * Loads an optional peer by `load`, which is `() => import(...)`, so that bundlers see it, and that an entry without its peer can be
 * imported.
 * @throws ConfigurationError where it is not installed, with the command that installs it; otherwise what the package throws.
 */
export async function loadPeer<Module>(peer: Peer, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw toPeerError(peer, cause);
  }
}
