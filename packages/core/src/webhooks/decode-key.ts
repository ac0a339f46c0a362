import { ConfigurationError } from "../errors/configuration-error.js";
import type { Bytes } from "../pipeline/bytes.js";
import type { HmacKey } from "./digest.js";
import { decodeBytes } from "./encode-bytes.js";
import type { KeyForm, WebhookScheme } from "./scheme.js";

const maxKeys = 1_000;
const encoder = new TextEncoder();
const decoded = new WeakMap<KeyForm, Map<string, HmacKey>>();

function decodeText(text: string, encoding: KeyForm["encoding"]): Bytes | undefined {
  if (encoding === "utf8") return encoder.encode(text);
  // Keys are copied by hand: upper case and missing padding do no harm.
  if (encoding === "hex") return decodeBytes(text.toLowerCase(), "hex");
  return decodeBytes(text.padEnd(Math.ceil(text.length / 4) * 4, "="), "base64");
}

/**
 * The key in the text of a secret, the same object each time.
 * @throws ConfigurationError where the secret is not in its scheme's form.
 */
export function decodeKey(scheme: WebhookScheme, form: KeyForm, secret: string): HmacKey {
  const held = decoded.get(form)?.get(secret);
  if (held !== undefined) return held;
  const { encoding, prefix = "" } = form;
  const text = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  const bytes = decodeText(text, encoding);
  if (bytes === undefined || bytes.length === 0) {
    throw new ConfigurationError(
      `${scheme.name}: a secret is not in ${encoding}. Give ${scheme.secret}, without spaces or line breaks.`,
    );
  }
  const known = decoded.get(form) ?? new Map<string, HmacKey>();
  decoded.set(form, known);
  // Rotation and tenants bring new ones for as long as a process lives.
  if (known.size >= maxKeys) known.clear();
  const key: HmacKey = { bytes };
  known.set(secret, key);
  return key;
}
