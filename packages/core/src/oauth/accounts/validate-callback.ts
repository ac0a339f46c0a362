import { OauthError } from "../../errors/oauth-errors.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import { serverMetadata, toOauthError } from "../server/authorization-server.js";
import { loadOauth4webapi } from "../server/load-oauth4webapi.js";
import type { PendingAuthorization } from "./authorization-state.js";

/**
 * The parameters of a callback, whose `state` and `iss` (RFC 9207) are those of the authorization that was begun. Rejects with
 * OauthError where they are not, or where the provider reports an error, such as `access_denied`.
 */
export async function validateCallback(
  facts: OauthFacts,
  clientId: string,
  { callbackUrl, pending }: { readonly callbackUrl: string | URL; readonly pending: PendingAuthorization },
): Promise<URLSearchParams> {
  const { AuthorizationResponseError, validateAuthResponse } = await loadOauth4webapi();
  const { searchParams } = new URL(callbackUrl, pending.redirectUri);
  const server = serverMetadata(facts, pending.variables);
  const iss = searchParams.get("iss") ?? "";
  // The issuer of a provider that does not document it has the origin of its page of consent.
  const isOwn = !facts.issuer && URL.canParse(iss) && new URL(iss).origin === server.issuer;
  try {
    return validateAuthResponse(
      { ...server, ...(isOwn && { issuer: iss }) },
      { client_id: clientId },
      searchParams,
      pending.nonce,
    );
  } catch (error) {
    if (error instanceof AuthorizationResponseError) {
      // A code of the standard's alphabet (RFC 6749, section 4.1.2.1); the description may be anybody's text.
      const code = /^[\w.-]{1,64}$/.test(error.error) ? error.error : "invalid_request";
      throw new OauthError(`the authorization ended with ${code}`, { provider: facts.name, code });
    }
    const { code } = toOauthError(facts, error) as OauthError;
    const message = "the callback does not belong to this state: `state` or `iss` is another";
    throw new OauthError(message, {
      provider: facts.name,
      code: code === "malformed-response" ? "invalid-state" : code,
    });
  }
}
