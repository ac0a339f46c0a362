import type { Reply } from "../pipeline/reply.js";
import { replyText } from "../pipeline/reply-json.js";
import type { Secrets } from "../pipeline/strategies.js";
import { base64 } from "./auth-schemes.js";

// A shorter value is not a secret, and its removal would damage ordinary words.
const minLength = 8;

/** Removes the secrets of a credential from a text, also where they are encoded. */
export type Redact = (text: string) => string;

/**
 * Creates a function that redacts secrets as they are written in a URL, in Basic, and in JSON with escaped slashes. A user
 * name is not a secret.
 */
export function createRedactor(secrets: Secrets): Redact {
  const secret = secrets.at(-1) as string;
  return (text) => {
    if (secret.length < minLength) return text;
    const forms = [secret, encodeURIComponent(secret), secret.replaceAll("/", "\\/"), base64(secrets.join(":"))];
    return forms.reduce((redacted, form) => redacted.replaceAll(form, "***"), text);
  };
}

/** An error response as it may be shown: some providers repeat what they were sent. */
export function redactReply(reply: Reply, redact: Redact): Reply {
  const headers = new Headers();
  for (const [name, value] of reply.headers) headers.append(name, redact(value));
  const text = replyText(reply);
  const redacted = redact(text);
  // Only where something was redacted, because bytes that are not text would not survive the decoding.
  return { ...reply, headers, body: redacted === text ? reply.body : new TextEncoder().encode(redacted) };
}

/** The text of what the platform threw, and of its cause, as it may be shown; other properties of its errors are dropped. */
export function redactError(error: unknown, redact: Redact): Error {
  const { cause } = Object(error) as { readonly cause?: unknown };
  return new Error(redact(cause ? `${error} (${cause})` : `${error}`));
}
