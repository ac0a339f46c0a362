import { ConfigurationError } from "../errors/connectry-error.js";
import type { IdempotencyKey } from "../pipeline/strategies.js";
import { withHeader } from "../pipeline/with-header.js";
import { randomUuid } from "../platform/random.js";

/** Gives every write that the provider deduplicates one key for all of its attempts: the caller's, or a fresh UUID. */
export const idempotencyKey: IdempotencyKey = (facts) => ({
  name: "idempotencyKey",
  async send(call, next) {
    const { operation, settings } = call;
    const own = settings.idempotencyKey;
    const { header, maxLength = Infinity } = (operation.safety === "idempotent-with-key" && facts) || {};
    if (own !== undefined && !header) {
      throw new ConfigurationError(`${operation.id} does not support \`idempotencyKey\`.`);
    }
    if (own !== undefined && (own === "" || own.length > maxLength)) {
      throw new ConfigurationError(`${operation.id}: idempotencyKey must have 1 to ${maxLength} characters.`);
    }
    if (!header || (own === undefined && call.headers.has(header))) return await next(call);
    return await next(withHeader(call, header, own ?? randomUuid()));
  },
});
