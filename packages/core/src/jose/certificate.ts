import type { Bytes } from "../platform/bytes.js";
import { readPath } from "../platform/json-path.js";
import { toBytes } from "../webhooks/crypto/digests.js";
import { decodeBytes, encodeBytes } from "../webhooks/crypto/encode-bytes.js";
import { readText } from "../webhooks/delivery/body-fields.js";
import { type Delivery, rejection } from "../webhooks/scheme/delivery.js";
import type { ValueLocation } from "../webhooks/scheme/locations.js";
import type { SignatureAlgorithm, SignatureCheck } from "../webhooks/scheme/signature-algorithm.js";
import { fetchText, type KeyOptions } from "./fetch-text.js";
import { loadJose } from "./load-jose.js";
import { publishedKeys } from "./published-keys.js";

type RsaHash = "SHA-1" | "SHA-256";

/** How a provider signs with a certificate that each delivery names. */
export interface CertificateFacts {
  /** Where a delivery has the URL of the certificate. */
  readonly url: ValueLocation;
  /** The URLs of the provider's certificates. No other is fetched. */
  readonly address: RegExp;
  /** Where a delivery names the algorithm, and which names there are. */
  readonly hash: { readonly location: ValueLocation; readonly names: Readonly<Record<string, RsaHash>> };
  /** The field of the body that has to equal the secret, where the secret is not signed by itself. */
  readonly secret?: readonly string[];
}

const readValue = (location: ValueLocation, delivery: Delivery, event: unknown) =>
  location.in === "header" ? delivery.header(location.name) : readText(event, location.path);

/** The public key of the first certificate of a PEM. Undefined where there is none. */
async function readCertificate(pem: string): Promise<Bytes | undefined> {
  const [certificate] = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/.exec(pem) ?? [];
  if (certificate === undefined) return undefined;
  const { importX509 } = await loadJose();
  const key = await importX509(certificate, "RS256", { extractable: true });
  return new Uint8Array(await crypto.subtle.exportKey("spki", key));
}

const rsa = (hash: RsaHash) => ({ name: "RSASSA-PKCS1-v1_5", hash });

async function sign(input: SignatureCheck["input"], privateKey: string): Promise<string> {
  const pkcs8 = decodeBytes(privateKey.replace(/-----[^-]+-----|\s/g, ""), "base64") ?? new Uint8Array();
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, rsa("SHA-256"), false, ["sign"]);
  return encodeBytes(new Uint8Array(await crypto.subtle.sign("RSASSA-PKCS1-v1_5", key, toBytes(input))), "base64");
}

/**
 * RSA (RSASSA-PKCS1-v1_5, RFC 8017) with the key of a certificate that the delivery names, in base64. The certificate is trusted because
 * TLS has proven the host it comes from. What can be checked without it is checked before: its URL, the algorithm, the
 * secret where that is a field, and the length of the signature.
 */
export function certificateAlgorithm(
  facts: CertificateFacts,
  options: KeyOptions,
): Extract<SignatureAlgorithm, { kind: "published-key" }> {
  const keys = publishedKeys<Record<RsaHash, () => Promise<CryptoKey>>>({
    request: (url) => fetchText(url, options),
    async parse({ status, text }) {
      if (status >= 400 && status < 500 && status !== 429) return undefined;
      const spki = status === 200 ? await readCertificate(text) : undefined;
      if (spki === undefined) throw new Error(`the response with the status ${status} is not a certificate`);
      const imported = (hash: RsaHash) => {
        let key: Promise<CryptoKey> | undefined;
        return () => {
          key ??= crypto.subtle.importKey("spki", spki, rsa(hash), false, ["verify"]);
          return key;
        };
      };
      return { "SHA-1": imported("SHA-1"), "SHA-256": imported("SHA-256") };
    },
  });
  return {
    kind: "published-key",
    sign,
    async verify({ scheme, secret, signatures, input, delivery, event, clock }) {
      const url = readValue(facts.url, delivery, event) ?? "";
      // Bounded, because it is a key of the cache.
      if (url.length > 512 || !facts.address.test(url)) {
        throw rejection(scheme, "malformed", "the delivery does not name a certificate on a host of the provider.");
      }
      const name = readValue(facts.hash.location, delivery, event) ?? "";
      const hash = Object.hasOwn(facts.hash.names, name) ? facts.hash.names[name] : undefined;
      if (hash === undefined) throw rejection(scheme, "malformed", "the delivery names no known algorithm.");
      if (facts.secret !== undefined && readPath(event, facts.secret) !== secret) return false;
      const signature = decodeBytes(signatures[0] ?? "", scheme.signature.encoding);
      // Of a key of 2,048 to 8,192 bits.
      if (signature === undefined || signature.length < 256 || signature.length > 1_024) return false;
      const key = await keys.get(url, { scheme, clock });
      return crypto.subtle.verify("RSASSA-PKCS1-v1_5", await key[hash](), signature, toBytes(input));
    },
  };
}
