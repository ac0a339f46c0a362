import type { ProviderProfile } from "../connector/profile.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { Policy } from "../pipeline/policy.js";
import { withHeader } from "../pipeline/with-header.js";
import { randomUuid } from "../platform/random.js";

/** Makes the policy from what the profile says of keys. */
export type IdempotencyKey = (facts: ProviderProfile["idempotency"]) => Policy;

/** Gives every keyed write one key for all of its attempts: the caller's, or a fresh UUID. */
export function idempotencyKey(facts: ProviderProfile["idempotency"]): Policy {
  return {
    name: "idempotencyKey",
    async send(call, next) {
      const { operation, settings } = call;
      const own = settings.idempotencyKey;
      const { header, maxLength = Infinity } = (operation.safety === "keyed" && facts) || {};
      if (own !== undefined && (!header || own === "" || own.length > maxLength)) {
        const but = header ? ` but of 1 to ${maxLength} characters` : "";
        throw new ConfigurationError(`${operation.id} takes no \`idempotencyKey\`${but}.`);
      }
      if (!header || (own === undefined && call.headers.has(header))) return await next(call);
      return await next(withHeader(call, header, own ?? randomUuid()));
    },
  };
}
