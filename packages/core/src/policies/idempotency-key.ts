import { ConfigurationError } from "../errors/connectry-error.js";
import type { IdempotencyKey } from "../pipeline/strategies.js";
import { headerText, withHeader } from "../pipeline/with-header.js";
import { randomUuid } from "../platform/random.js";

/**
 * Gives every write that the provider deduplicates one key for all of its attempts: the caller's, as an option or a header, or a
 * fresh UUID. Throws ConfigurationError for a key that is blank, too long, or that no header can carry: the write would be sent
 * without it, and repeated as if it were protected.
 */
export const idempotencyKey: IdempotencyKey = (facts) => ({
  name: "idempotencyKey",
  send(call, next) {
    const { operation, settings } = call;
    const isDeduplicated = operation.safety === "idempotent-with-key";
    const { header, maxLength = Infinity } = (isDeduplicated && facts) || {};
    if (!header) {
      // Where the provider has no header for it, a write that is deduplicated has its key in its body.
      if (settings.idempotencyKey === undefined || isDeduplicated) return next(call);
      return Promise.reject(new ConfigurationError(`${operation.id} does not support \`idempotencyKey\`.`));
    }
    const own = settings.idempotencyKey ?? call.headers[header.toLowerCase()];
    if (own !== undefined && (own.length > maxLength || !headerText.test(own))) {
      const expected = `1 to ${maxLength} characters that a header can carry, not only white space`;
      return Promise.reject(new ConfigurationError(`${operation.id}: idempotencyKey must have ${expected}.`));
    }
    const key = own ?? randomUuid();
    // Errors and the reply name the key.
    const keyed = { ...call, settings: { ...settings, idempotencyKey: key } };
    return next(withHeader(keyed, header, key));
  },
});
