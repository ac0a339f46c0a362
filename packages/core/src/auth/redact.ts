import type { Redact } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { replyJson, replyText } from "../pipeline/reply-json.js";
import { binaryString } from "./auth-schemes.js";

// A shorter value is not a secret, and its removal would damage ordinary words.
const minLength = 8;

// Eight encodings in each other: hexadecimal takes two layers. No text is decoded more often, so that its cost grows with its length
// only.
const maxLayers = 16;

// Of JSON and JavaScript, of addresses, and of HTML, where an entity with a name is a sign.
const escapes =
  /(?:\\{1,16}|%)u([\da-f]{4})|(?:\\{1,16}x|%(?:25)*)([\da-f]{2})|&#x0*([\da-f]{1,4});|&#(\d{1,7});|(&)amp;|&\w{2,8};/gi;

/** Decodes the escapes in a text, those inside of others not yet; without any, the bytes that it has in hexadecimal. */
function decode(text: string): string {
  const decoded = text.replace(
    escapes,
    (...[, long, short, entity, decimal, ampersand]) =>
      // NaN, of an entity with a name, is the character 0.
      ampersand ?? String.fromCharCode(decimal ?? Number.parseInt(long ?? short ?? entity, 16)),
  );
  return decoded === text ? text.replace(/(?:[\da-f]{2}){8,}/gi, (run) => run.replace(/../g, "%$&")) : decoded;
}

/**
 * The canonical forms of a text, one for each layer of escapes: letters and digits in lower case, and all signs between two of them
 * as one space, because backslashes are doubled, forms write `+`, and entities have names.
 */
function canonicalForms(text: string): readonly string[] {
  const forms: string[] = [];
  let before: string;
  do {
    forms.push(text.replace(/[^a-z\d]+/gi, " ").toLowerCase());
    before = text;
    text = decode(text);
  } while (text !== before && forms.length < maxLayers);
  return forms;
}

/** What reveals a secret where a canonical form contains it. */
function needlesOf(secret: string): readonly string[] {
  const inBase64 = ["", "\0", "\0\0"].map((before) =>
    // The characters at both ends also encode bits of what is next to the secret.
    btoa(before + binaryString(secret))
      .slice(before ? before.length + 1 : 0)
      .replace(/.?=+$/, ""),
  );
  return [secret, ...inBase64]
    .flatMap(canonicalForms)
    .map((form) => form.trim())
    .filter(({ length }) => length > 5);
}

/**
 * Creates a function that redacts secrets, also where they are escaped for JSON, an address or HTML, in hexadecimal, Base64 or other
 * letter case, and in any combination of these.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const long = secrets.filter(({ length }) => length >= minLength);
  let needles: readonly string[] | undefined;
  const reveals = (text: string) => {
    needles ??= long.flatMap(needlesOf);
    return canonicalForms(text).some((form) => needles?.some((needle) => form.includes(needle)));
  };
  const redactPart = (part: string) => (reveals(part) ? "***" : part);
  return (text) => {
    for (const secret of long) {
      text = text.replaceAll(encodeURIComponent(secret), "***").replaceAll(secret, "***");
    }
    // Where a secret is escaped, its word is redacted as a whole; for one with spaces, all of the text.
    return reveals(text) ? redactPart(text.replace(/\S+/g, redactPart)) : text;
  };
}

/** Redacts the strings and numbers of a JSON text one by one, so that it stays JSON. */
const redactJson = (text: string, redact: Redact) =>
  text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|[^",:[\]{}\s]+/g, (token) => {
    const value = token[0] === '"' ? JSON.parse(token) : token;
    const redacted = redact(value);
    return redacted === value ? token : JSON.stringify(redacted);
  });

/** An error response as it may be shown: some providers repeat what they were sent. */
export function redactReply(reply: Reply, redact: Redact): Reply {
  const headers = new Headers();
  for (const [name, value] of reply.headers) headers.append(name, redact(value));
  const text = replyText(reply);
  let redacted = redact(text);
  if (redacted !== text && replyJson(reply) !== undefined) redacted = redactJson(text, redact);
  return {
    ...reply,
    statusText: reply.statusText && redact(reply.statusText),
    requestId: reply.requestId && redact(reply.requestId),
    headers,
    // Only where something was redacted, because bytes that are not text would not survive the decoding.
    body: redacted === text ? reply.body : new TextEncoder().encode(redacted),
  };
}
