import type { ClientAuth } from "oauth4webapi";
import { binaryString } from "../../auth/auth-schemes.js";
import type { ClientAuthentication } from "../../provider/token-facts.js";
import { loadOauth4webapi } from "./load-oauth4webapi.js";

/** The client that the provider knows. Without a secret it is a public one, such as a command line. */
export interface OauthClient {
  readonly id: string;
  readonly secret?: string | undefined;
}

/** Id and secret as they are: a server that does not decode them would reject the encoding of `-`, `_` or `.`. */
const basic =
  (secret: string): ClientAuth =>
  (...[, { client_id: id }, , headers]) =>
    headers.set("authorization", `Basic ${btoa(binaryString(`${id}:${secret}`))}`);

/** How a client authenticates itself; one without a secret only says its id. */
export async function clientAuth({ secret }: OauthClient, method: ClientAuthentication): Promise<ClientAuth> {
  const { ClientSecretBasic, ClientSecretPost, None } = await loadOauth4webapi();
  if (!secret) return None();
  return { basic, "basic-encoded": ClientSecretBasic, body: ClientSecretPost }[method](secret);
}
