import type { CredentialResolver } from "../auth/credential-resolver.js";
import { redactReply } from "../auth/redact.js";
import type { Policy } from "../pipeline/policy.js";
import { redactError } from "../pipeline/redact-error.js";

/**
 * Puts the credential on each attempt, so that one refreshed in between is used at once, and redacts it in what comes
 * back: an error response that repeats it, an address that carries it, an error of the platform that shows its request.
 */
export function authenticate(credentials: CredentialResolver): Policy {
  return {
    name: "authenticate",
    async send(call, next) {
      if (!call.tenant || call.operation.auth === false) return next(call);
      const applied = credentials.applyCredential(call, call.tenant.holder ?? call.tenant);
      const { call: authenticated, redact, review } = applied instanceof Promise ? await applied : applied;
      try {
        const received = await next({ ...authenticated, redact });
        const reply = review ? review(received) : received;
        const redacted = authenticated.url === call.url ? reply : { ...reply, url: redact(reply.url) };
        return reply.verdict.kind === "success" ? redacted : redactReply(redacted, redact);
      } catch (error) {
        throw redactError(error, redact);
      }
    },
  };
}
