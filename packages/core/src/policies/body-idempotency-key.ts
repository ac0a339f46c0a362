import { ConfigurationError } from "../errors/connectry-error.js";
import { readJsonObject, withMembers } from "../pipeline/json-members.js";
import type { IdempotencyKey } from "../pipeline/strategies.js";
import { randomUuid } from "../platform/random.js";

/**
 * Gives every write that the provider deduplicates by a field of its JSON one key for all of its attempts: the caller's, as an option or
 * in the body, or fresh random text as long as the field may be, at most a UUID. A body that cannot have the field, and one in which
 * the caller set it to null, is not deduplicated, and so is not sent twice. Throws ConfigurationError for a key that is blank or too
 * long, and for one that cannot be sent or differs from that in the body.
 */
export const bodyIdempotencyKey: IdempotencyKey = (facts) => ({
  name: "idempotencyKey",
  async send(call, next) {
    const { operation, settings } = call;
    const { field, maxLength = Infinity, with: others = {} } = facts ?? {};
    const found = operation.safety === "idempotent-with-key" && field ? readJsonObject(call) : undefined;
    const isSet = found && Object.hasOwn(found.json, field as string);
    const inBody = isSet ? found.json[field as string] : undefined;
    const isOff = Object.keys(others).some((name) => found && (found.json[name] ?? others[name]) !== others[name]);
    if (!found || !field || inBody === null || isOff) {
      if (settings.idempotencyKey === undefined)
        return await next(
          operation.safety === "idempotent-with-key"
            ? { ...call, operation: { ...operation, safety: "unsafe" } }
            : call,
        );
      throw new ConfigurationError(`${operation.id} does not support \`idempotencyKey\`, or not with this body.`);
    }
    const key = settings.idempotencyKey ?? (isSet ? `${inBody}` : newKey(maxLength));
    if (!key.trim() || key.length > maxLength || (isSet && key !== `${inBody}`)) {
      const expected = `1 to ${maxLength} characters, not only white space, and those of \`${field}\` where the body has it`;
      throw new ConfigurationError(`${operation.id}: idempotencyKey must have ${expected}.`);
    }
    // Errors and the reply name the key.
    const keyed = { ...call, settings: { ...settings, idempotencyKey: key } };
    return await next(withMembers(keyed, found, { ...others, [field]: key }));
  },
});

/** Random text of at most so many characters. */
function newKey(maxLength: number): string {
  const uuid = randomUuid();
  return uuid.length <= maxLength ? uuid : uuid.replaceAll("-", "").slice(0, maxLength);
}
