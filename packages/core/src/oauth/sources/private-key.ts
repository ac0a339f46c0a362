import { ConfigurationError } from "../../errors/connectry-error.js";
import type { Bytes } from "../../platform/bytes.js";
import { base64url } from "../../platform/hmac.js";

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

// version 0, and the algorithm rsaEncryption (1.2.840.113549.1.1.1) without parameters.
const rsaHeader = [
  0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/** The length of a DER value (X.690, section 8.1.3). */
function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

/** An RSA key of PKCS#1 (RFC 8017), as GitHub's files have it, inside of PKCS#8 (RFC 5208), which Web Crypto reads. */
function wrapPkcs1(key: Bytes): Bytes {
  const content = [...rsaHeader, 0x04, ...derLength(key.length), ...key];
  return Uint8Array.from([0x30, ...derLength(content.length), ...content]) as Bytes;
}

/**
 * An RSA key for RS256, from its PEM text: PKCS#1 (`BEGIN RSA PRIVATE KEY`) or PKCS#8 (`BEGIN PRIVATE KEY`). Line breaks may be
 * written as `\n`, as in environment variables. Rejects with ConfigurationError, which never shows the text.
 */
export async function importPrivateKey(pem: string): Promise<CryptoKey> {
  const match = /-----BEGIN (RSA )?PRIVATE KEY-----([\s\S]+?)-----END (?:RSA )?PRIVATE KEY-----/.exec(
    String(pem).replaceAll("\\n", "\n"),
  );
  try {
    const [, rsa, content = ""] = match as RegExpExecArray;
    const der = Uint8Array.from(atob(content.replace(/\s/g, "")), (character) => character.charCodeAt(0)) as Bytes;
    return await crypto.subtle.importKey("pkcs8", rsa ? wrapPkcs1(der) : der, algorithm, false, ["sign"]);
  } catch {
    throw new ConfigurationError("privateKey must be the PEM text of an RSA key, PKCS#1 or PKCS#8.");
  }
}

/** A JWT (RFC 7519) signed by RS256. */
export async function signJwt(
  key: CryptoKey,
  claims: Readonly<Record<string, unknown>>,
  keyId: string | undefined,
): Promise<string> {
  const encode = (value: unknown) => base64url(new TextEncoder().encode(JSON.stringify(value)));
  const header = { alg: "RS256", typ: "JWT", ...(keyId !== undefined && { kid: keyId }) };
  const text = `${encode(header)}.${encode(claims)}`;
  const signature = await crypto.subtle.sign(algorithm.name, key, new TextEncoder().encode(text));
  return `${text}.${base64url(new Uint8Array(signature))}`;
}
