import { OauthError } from "../../errors/oauth-errors.js";
import type { Clock } from "../../platform/clock.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";

const maxAttempts = 3;
const firstWaitMs = 250;

/**
 * Sends a token request, and sends it again where it was not sent, or where its response was lost and that does no harm: sent twice,
 * a refresh token that rotates looks stolen, and the provider revokes all that came from it (RFC 9700, section 4.14.2). One that does
 * not rotate, or is within its grace, may be sent again.
 */
export async function repeatRequest<T>(
  request: () => Promise<T>,
  { rotates, graceS = 0 }: Pick<OauthFacts, "rotates" | "graceS">,
  clock: Clock,
): Promise<T> {
  const beganAtMs = clock.monotonic();
  const mayRepeat = ({ code, status = 0 }: OauthError) => {
    if (code === "not-sent") return true;
    const isLost = code === "response-lost" || code === "malformed-response" || status >= 500;
    return isLost && (rotates === false || clock.monotonic() - beganAtMs < graceS * 1_000);
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      if (attempt === maxAttempts || !OauthError.isInstance(error) || !mayRepeat(error)) throw error;
      // What it asks to wait is not waited for here, where callers wait.
      if (error.retryAfterMs !== undefined) throw error;
      await clock.sleep(attempt * firstWaitMs);
    }
  }
}
