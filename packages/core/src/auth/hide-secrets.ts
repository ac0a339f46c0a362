import type { Reply } from "../pipeline/reply.js";
import { replyText } from "../pipeline/reply-json.js";
import { base64, type Secrets } from "./auth-strategies.js";

// A shorter one is no secret, and taking it out would tear words apart.
const minLength = 8;

/** Takes the secrets of a credential out of a text, also where they are encoded. */
export type Hide = (text: string) => string;

/** Makes what hides secrets in the forms that a URL, Basic, or JSON with escaped slashes gives them. A user name is none. */
export function hiding(secrets: Secrets): Hide {
  const secret = secrets.at(-1) as string;
  return (text) => {
    if (secret.length < minLength) return text;
    const forms = [secret, encodeURIComponent(secret), secret.replaceAll("/", "\\/"), base64(secrets.join(":"))];
    return forms.reduce((shown, form) => shown.replaceAll(form, "***"), text);
  };
}

/** A refusal as it may be shown: providers do repeat what they were sent. */
export function hideInReply(reply: Reply, hide: Hide): Reply {
  const headers = new Headers();
  for (const [name, value] of reply.headers) headers.append(name, hide(value));
  const text = replyText(reply);
  const shown = hide(text);
  // Only where something was hidden, since bytes that are no text would not survive.
  return { ...reply, headers, body: shown === text ? reply.body : new TextEncoder().encode(shown) };
}

/** What the platform threw, and why, as a text that may be shown: nothing that hangs on its errors comes along. */
export function hideInError(error: unknown, hide: Hide): Error {
  const { cause } = Object(error) as { readonly cause?: unknown };
  return new Error(hide(cause ? `${error} (${cause})` : `${error}`));
}
