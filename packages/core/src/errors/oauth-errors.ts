import { ConnectryError } from "./connectry-error.js";

/** What is known of a failed exchange with an authorization server. */
export interface OauthErrorInit {
  /** `HubSpot`. */
  readonly provider: string;
  /** The provider's code, such as `access_denied` or `invalid_client`; else `response-lost`, `malformed-response` or `invalid-state`. */
  readonly code: string;
  /** The status of the response, where there was one. */
  readonly status?: number | undefined;
  /** How long the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The authorization server rejected a request, could not be reached, or responded with something that is not a token. */
export class OauthError extends ConnectryError {
  static override readonly kind: string = "OauthError";
  /** `HubSpot`. */
  declare readonly provider: string;
  /** The provider's code, such as `access_denied` or `invalid_client`; else `response-lost`, `malformed-response` or `invalid-state`. */
  declare readonly code: string;
  /** The status of the response, where there was one. */
  declare readonly status?: number | undefined;
  /** How long the provider asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number | undefined;

  constructor(message: string, { cause, ...init }: OauthErrorInit) {
    super(`${init.provider}: ${message}`, cause === undefined ? undefined : { cause });
    Object.assign(this, init);
  }
}

/** Which account must be authorized again, and why. */
export interface ReauthorizationRequiredErrorInit extends OauthErrorInit {
  readonly account: string;
}

/** The tokens of an account are not valid any more, or there are none: its owner has to give consent again, by `begin`. */
export class ReauthorizationRequiredError extends OauthError {
  static override readonly kind: string = "ReauthorizationRequiredError";
  declare readonly name: "ReauthorizationRequiredError";
  /** The name of the account. */
  declare readonly account: string;

  constructor(init: ReauthorizationRequiredErrorInit) {
    super(
      `the account ${init.account} must be authorized again (${init.code}): send its owner to the address of begin().`,
      init,
    );
  }
}
