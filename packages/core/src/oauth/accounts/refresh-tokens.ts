import { OauthError, ReauthorizationRequiredError } from "../../errors/oauth-errors.js";
import type { Clock } from "../../platform/clock.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import type { LoadedRecord } from "../keeper/account-records.js";
import type { AccountTokens } from "../server/account-tokens.js";
import type { AuthorizationServer } from "../server/authorization-server.js";
import { repeatRequest } from "../server/repeat-request.js";

/** What a refresh depends on. */
export interface RefreshContext {
  readonly facts: OauthFacts;
  readonly server: Pick<AuthorizationServer, "refresh">;
  readonly clock: Clock;
}

/** Other tokens, by the refresh token of a record. */
export async function refreshTokens(
  account: string,
  record: LoadedRecord | undefined,
  { facts, server, clock }: RefreshContext,
): Promise<AccountTokens> {
  const { name: provider } = facts;
  if (!record) throw new ReauthorizationRequiredError({ account, provider, code: "no-tokens" });
  const { refreshToken } = record.tokens;
  if (!refreshToken) throw new OauthError("there is no refresh token", { provider, code: "no-refresh-token" });
  return (await repeatRequest(() => server.refresh({ ...record.tokens, refreshToken }), facts, clock)).tokens;
}
