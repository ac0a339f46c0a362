import type { ProviderProfile } from "../connector/profile.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { Policy } from "../pipeline/policy.js";
import { randomUuid } from "../platform/random.js";

/** Gives every keyed write one key for all of its attempts: the caller's, or a fresh UUID. */
export function idempotencyKey(facts: ProviderProfile["idempotency"]): Policy {
  return {
    name: "idempotencyKey",
    async send(call, next) {
      const own = call.settings.idempotencyKey;
      if (facts === undefined || call.operation.safety !== "keyed") {
        if (own === undefined) return next(call);
        throw new ConfigurationError(
          `${call.operation.id} takes no idempotency key: leave the option \`idempotencyKey\` out.`,
        );
      }
      if (own !== undefined && (own === "" || own.length > (facts.maxLength ?? Number.POSITIVE_INFINITY))) {
        throw new ConfigurationError(`idempotencyKey must have 1 to ${facts.maxLength} characters.`);
      }
      if (own === undefined && call.headers.has(facts.header)) return next(call);
      const headers = new Headers(call.headers);
      headers.set(facts.header, own ?? randomUuid());
      return next({ ...call, headers });
    },
  };
}
