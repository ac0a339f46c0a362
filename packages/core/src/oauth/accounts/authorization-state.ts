import { OauthError } from "../../errors/oauth-errors.js";
import type { AddressVariables } from "../../pipeline/strategies.js";
import type { Clock } from "../../platform/clock.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import { aesGcm } from "../store/token-seal.js";

/** What belongs to a consent that was begun, until its callback. */
export interface PendingAuthorization {
  /** The parameter `state` of the address. */
  readonly nonce: string;
  readonly codeVerifier: string | undefined;
  readonly redirectUri: string;
  readonly account: string | undefined;
  readonly variables: AddressVariables;
  readonly beganAtMs: number;
}

// As long as authorization servers keep a page of consent open.
const maxAgeMs = 10 * 60_000;

/** Makes a pending authorization a text for the session of a browser, and reads it again. */
export interface StateCodec {
  write(pending: PendingAuthorization): Promise<string>;
  /** Rejects with OauthError for a text that was changed, or is older than 10 minutes. */
  read(state: string): Promise<PendingAuthorization>;
}

/**
 * The state is sealed: who has the cookie that contains it can neither read the code verifier, nor have the tokens stored under
 * another account.
 */
export function stateCodec({ id, name }: OauthFacts, secret: string, clock: Clock): StateCodec {
  // Secrets of providers are long enough, and a short one of a test makes a key all the same.
  const seal = aesGcm(`connectry state ${secret}`);
  const context = `state:${id}`;
  const refuse = (message: string) => new OauthError(message, { provider: name, code: "invalid-state" });
  return {
    write: (pending) => seal.seal(JSON.stringify(pending), context),
    async read(state) {
      const text = await seal.open(String(state), context).catch(() => undefined);
      if (text === undefined)
        throw refuse("the state is not one that begin() returned: keep it in the session of the browser");
      const pending = JSON.parse(text) as PendingAuthorization;
      if (clock.now() - pending.beganAtMs > maxAgeMs) throw refuse("the state is older than 10 minutes: begin again");
      return pending;
    },
  };
}
