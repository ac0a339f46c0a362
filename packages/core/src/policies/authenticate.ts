import { hideInError, hideInReply } from "../auth/hide-secrets.js";
import type { Identities } from "../auth/identities.js";
import { NetworkError } from "../errors/network-error.js";
import type { Policy } from "../pipeline/policy.js";
import type { Judge } from "../retry/classify.js";

/**
 * Puts the credential on each attempt, so that one refreshed in between is used at once, and takes it out of what
 * comes back: a refusal that repeats it, an address that carries it, an error of the platform that shows its request.
 */
export function authenticate(identities: Identities, judge: Judge): Policy {
  return {
    name: "authenticate",
    async send(call, next) {
      if (!call.tenant) return next(call);
      const { signed, hide } = await identities.sign(call, call.tenant);
      try {
        const reply = await next(signed);
        const shown = signed.url === call.url ? reply : { ...reply, url: hide(reply.url) };
        return judge(reply, 0).kind === "success" ? shown : hideInReply(shown, hide);
      } catch (error) {
        if (NetworkError.isInstance(error)) error.cause = hideInError(error.cause, hide);
        throw error;
      }
    },
  };
}
