import type { WebhookScheme } from "../../src/webhooks/index.js";
import * as schemes from "../../src/webhooks/index.js";
import type { Vector } from "./vector.js";

/** The test request of RFC 9421 with the keys of its appendix B.1, as a scheme of our own. */
const date = "Tue, 20 Apr 2021 02:07:55 GMT";
const rfc9421: Omit<WebhookScheme, "algorithm" | "signature" | "signed"> = {
  id: "rfc9421",
  name: "RFC 9421",
  secret: "the key of appendix B.1",
  event: { type: [[{ in: "body", path: ["hello"] }]] },
};

/** The vectors of RFC 9421, appendix B.2. */
export const rfc9421Vectors: readonly Vector[] = [
  {
    source: "RFC 9421, B.2.5: HMAC-SHA256",
    scheme: {
      ...rfc9421,
      algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "base64" } },
      signature: { in: "header", header: "signature", prefix: "sig-b25=:", suffix: ":", encoding: "base64" },
      signed: [
        { text: '"date": ' },
        { value: { header: "date" } },
        { text: '\n"@authority": ' },
        "host",
        { text: '\n"content-type": ' },
        { value: { header: "content-type" } },
        { text: '\n"@signature-params": ' },
        { value: { header: "signature-input", prefix: "sig-b25=" } },
      ],
    },
    secret: "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==",
    request: {
      url: "https://example.com/foo?param=Value&Pet=dog",
      headers: {
        date,
        "content-type": "application/json",
        "signature-input": 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
        signature: "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
      },
      body: '{"hello": "world"}',
    },
  },
  {
    source: "RFC 9421, B.2.6: Ed25519",
    scheme: {
      ...rfc9421,
      algorithm: { kind: "ed25519", key: { encoding: "base64" }, verify: schemes.verifyByPublicKey },
      signature: { in: "header", header: "signature", prefix: "sig-b26=:", suffix: ":", encoding: "base64" },
      signed: [
        { text: '"date": ' },
        { value: { header: "date" } },
        { text: '\n"@method": ' },
        "method",
        { text: '\n"@path": /foo\n"@authority": ' },
        "host",
        { text: '\n"content-type": ' },
        { value: { header: "content-type" } },
        { text: '\n"content-length": ' },
        { value: { header: "content-length" } },
        { text: '\n"@signature-params": ' },
        { value: { header: "signature-input", prefix: "sig-b26=" } },
      ],
    },
    secret: "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
    request: {
      url: "https://example.com/foo?param=Value&Pet=dog",
      headers: {
        date,
        "content-type": "application/json",
        "content-length": "18",
        "signature-input":
          'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
        signature: "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
      },
      body: '{"hello": "world"}',
    },
  },
];
