import { OauthError } from "../../errors/oauth-errors.js";
import type { Clock } from "../../platform/clock.js";
import type { AuthorizationServer, DeviceAuthorization, IssuedTokens } from "../server/authorization-server.js";

// RFC 8628, section 3.5.
const slowDownMs = 5_000;

/** Asks for the tokens until the owner has consented, never more often than the provider allows. Rejects with OauthError. */
export async function pollDevice(
  server: Pick<AuthorizationServer, "pollDevice">,
  { deviceCode, expiresInMs, intervalMs }: DeviceAuthorization,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
): Promise<IssuedTokens> {
  const endsAtMs = clock.monotonic() + expiresInMs;
  let waitMs = intervalMs;
  for (;;) {
    await clock.sleep(waitMs, signal);
    try {
      return await server.pollDevice(deviceCode);
    } catch (error) {
      if (!OauthError.isInstance(error)) throw error;
      // A response that was lost is asked for again, more slowly: the code can still be used.
      const isSlowDown = error.code === "slow_down" || error.code === "response-lost" || error.code === "not-sent";
      if (!isSlowDown && error.code !== "authorization_pending") throw error;
      if (isSlowDown) waitMs += slowDownMs;
      if (clock.monotonic() + waitMs > endsAtMs) {
        throw new OauthError("nobody has entered the code in time", {
          provider: error.provider,
          code: "expired_token",
        });
      }
    }
  }
}
