import type { Credential, CredentialSource } from "../auth/credential-source.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { type SecretOptions, secret } from "./secret.js";

/** The options of a secret in a file. */
export interface FromFileOptions<C extends Credential = string> extends SecretOptions {
  /**
   * Makes the credential of the text of the file, such as `JSON.parse` where it has several values. What it throws is not shown,
   * because it may contain the text. @default the text without white space around it
   */
  readonly parse?: ((text: string) => C) | undefined;
}

/**
 * A credential from a file, such as a mounted secret of Kubernetes or Docker: the option `auth`, as `secret` with a `load` that reads
 * the file. A file that cannot be read or parsed is a ConfigurationError, of the call where no secret was read yet. Needs
 * `node:fs`: Node, Bun or Deno.
 */
export function fromFile<C extends Credential = string>(
  path: string,
  options: FromFileOptions<C>,
): CredentialSource<C> {
  const { parse = (text: string) => text.trim() as C, ...rest } = options;
  return secret(async ({ signal }) => {
    const { readFile } = await import("node:fs/promises");
    const text = await readFile(path, { encoding: "utf8", signal }).catch((error: NodeJS.ErrnoException) => {
      throw new ConfigurationError(`Cannot read the secret ${path}: ${error.code ?? error.name}.`);
    });
    try {
      return parse(text);
    } catch {
      throw new ConfigurationError(`Cannot parse the secret ${path}: \`parse\` threw an error.`);
    }
  }, rest);
}
