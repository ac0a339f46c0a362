import { createSign, type KeyObject } from "node:crypto";
import { generate } from "selfsigned";

/** A provider with an RSA key and its certificate, as Amazon SNS and PayPal have. */
export async function certified(): Promise<{ readonly privateKey: string; readonly certificate: string }> {
  const { private: privateKey, cert } = await generate([{ name: "commonName", value: "sns.amazonaws.com" }], {
    keySize: 2_048,
  });
  return { privateKey, certificate: cert };
}

/** Signs by OpenSSL. */
export function rsaSign(text: string, privateKey: string | KeyObject, hash: "RSA-SHA1" | "RSA-SHA256"): string {
  return createSign(hash).update(text, "utf8").sign(privateKey, "base64");
}

/** A `fetch` that records the URLs that it is called with. */
export function recordedFetch(respond: (url: string, init: RequestInit | undefined) => Response | Promise<Response>): {
  readonly fetch: typeof globalThis.fetch;
  readonly urls: string[];
} {
  const urls: string[] = [];
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    urls.push(String(url));
    return respond(String(url), init);
  };
  return { fetch: fetch as typeof globalThis.fetch, urls };
}
