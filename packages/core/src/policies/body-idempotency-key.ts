import { ConfigurationError } from "../errors/connectry-error.js";
import type { Call } from "../pipeline/call.js";
import type { IdempotencyKey } from "../pipeline/strategies.js";
import { parseJson } from "../platform/parse-json.js";
import { randomUuid } from "../platform/random.js";

/** The JSON object that a call sends, and its text; undefined where its body has another form. */
function readFields({ body, headers }: Call) {
  if (body?.kind !== "replayable") return undefined;
  if (!/[/+]json\b/i.test(headers["content-type"] ?? body.contentType ?? "")) return undefined;
  const text = typeof body.data === "string" ? body.data : new TextDecoder().decode(body.data);
  try {
    const json = parseJson(text) as Readonly<Record<string, unknown>> | null;
    // Written before what the caller wrote, whose text stays as it is, digits of integers included.
    if (typeof json === "object" && json && !Array.isArray(json))
      return { body, json, text: text.trimStart().slice(1) };
  } catch {
    // The provider rejects it.
  }
  return undefined;
}

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
    const found = operation.safety === "idempotent-with-key" && field ? readFields(call) : undefined;
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
    const added = Object.entries({ ...others, [field]: key }).filter(([name]) => !Object.hasOwn(found.json, name));
    const members = [JSON.stringify(Object.fromEntries(added)).slice(1, -1), found.text];
    // The text of an object that is not empty begins with a member.
    const data = `{${members.filter((text) => text).join(added.length > 0 && Object.keys(found.json).length > 0 ? "," : "")}`;
    // Errors and the reply name the key.
    return await next({ ...call, body: { ...found.body, data }, settings: { ...settings, idempotencyKey: key } });
  },
});

/** Random text of at most so many characters. */
function newKey(maxLength: number): string {
  const uuid = randomUuid();
  return uuid.length <= maxLength ? uuid : uuid.replaceAll("-", "").slice(0, maxLength);
}
