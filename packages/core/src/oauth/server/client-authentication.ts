import { type ClientAuth, ClientSecretBasic, ClientSecretPost, None } from "oauth4webapi";
import { binaryString } from "../../auth/auth-schemes.js";
import type { ClientAuthentication } from "../../provider/oauth-facts.js";

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

const methods: Readonly<Record<ClientAuthentication, (secret: string) => ClientAuth>> = {
  basic,
  "basic-encoded": ClientSecretBasic,
  body: ClientSecretPost,
};

/** How a client authenticates itself; one without a secret only says its id. */
export function clientAuth({ secret }: OauthClient, method: ClientAuthentication): ClientAuth {
  return secret ? methods[method](secret) : None();
}
