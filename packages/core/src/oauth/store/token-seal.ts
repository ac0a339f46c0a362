import { ConfigurationError } from "../../errors/connectry-error.js";
import { base64url } from "../../platform/hmac.js";
import { utf8Encoder } from "../../platform/utf8.js";

/** Encrypts tokens before they are stored. */
export interface TokenSeal {
  /** `context` names the provider and the account: what was sealed for one cannot be opened as that of another. */
  seal(text: string, context: string): Promise<string>;
  /** The text that was sealed. Rejects where it was changed, or sealed for another context or with another key. */
  open(sealed: string, context: string): Promise<string>;
}

const minSecretLength = 16;
const algorithm = "AES-GCM";
const nonceBytes = 12;
const mark = "v1.";

async function deriveKey(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", utf8Encoder().encode(secret), "HKDF", false, ["deriveKey"]);
  const info = utf8Encoder().encode("connectry oauth tokens");
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  return crypto.subtle.deriveKey(derivation, material, { name: algorithm, length: 256 }, false, ["encrypt", "decrypt"]);
}

const fromBase64url = (text: string) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

/**
 * Seals by AES-256-GCM, with a key derived from a secret by HKDF-SHA-256 (RFC 5869). To replace the secret, pass the new one and
 * then the old one: the first seals, all of them open. Throws ConfigurationError for a secret of less than 16 characters.
 */
export function aesGcm(secret: string | readonly string[]): TokenSeal {
  const secrets = [secret].flat();
  if (secrets.length === 0 || !secrets.every((one) => typeof one === "string" && one.length >= minSecretLength)) {
    throw new ConfigurationError(`aesGcm: each secret must have at least ${minSecretLength} characters.`);
  }
  const keys = secrets.map((one) => deriveKey(one));
  return {
    async seal(text, context) {
      const iv = crypto.getRandomValues(new Uint8Array(nonceBytes));
      const parameters = { name: algorithm, iv, additionalData: utf8Encoder().encode(context) };
      const sealed = await crypto.subtle.encrypt(parameters, (await keys[0]) as CryptoKey, utf8Encoder().encode(text));
      return `${mark}${base64url(iv)}.${base64url(new Uint8Array(sealed))}`;
    },
    async open(sealed, context) {
      const [nonce = "", content = ""] = sealed.startsWith(mark) ? sealed.slice(mark.length).split(".") : [];
      const additionalData = utf8Encoder().encode(context);
      for (const key of keys) {
        try {
          const parameters = { name: algorithm, iv: fromBase64url(nonce), additionalData };
          return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, await key, fromBase64url(content)));
        } catch {
          // Another key may open it.
        }
      }
      throw new ConfigurationError("Stored tokens cannot be opened: they were sealed with another secret, or changed.");
    },
  };
}
