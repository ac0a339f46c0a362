import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";

/** A key and a certificate, as node:tls takes them. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** What a certificate says. */
export interface CertificateInit {
  readonly name: string;
  /** The host that it is for: a DNS name, or an IPv4 address. */
  readonly host?: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

// DER (X.690): a tag, a length, and the contents.
function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const text = (value: string) => der(0x0c, Buffer.from(value));
const time = (at: Date) => der(0x18, Buffer.from(at.toISOString().replaceAll(/[-:T]|\.\d+/g, "")));
const objectId = (hex: string) => der(0x06, Buffer.from(hex, "hex"));

const commonName = objectId("550403");
const sha256WithRsa = sequence(objectId("2a864886f70d01010b"), der(0x05));
const basicConstraints = objectId("551d13");
const subjectAltName = objectId("551d11");

const named = (name: string) => sequence(der(0x31, sequence(commonName, text(name))));

function altName(host: string): Buffer {
  const isAddress = /^[\d.]+$/.test(host);
  const value = isAddress ? Buffer.from(host.split(".").map(Number)) : Buffer.from(host);
  return sequence(subjectAltName, der(0x04, sequence(der(isAddress ? 0x87 : 0x82, value))));
}

const keyPair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });

function build(init: CertificateInit, key: KeyObject, issuer: { name: string; key: KeyObject }): string {
  const isAuthority = init.host === undefined;
  const extension = isAuthority
    ? sequence(basicConstraints, der(0x01, Buffer.from([0xff])), der(0x04, sequence(der(0x01, Buffer.from([0xff])))))
    : altName(init.host ?? "");
  const contents = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1 + Math.floor(Math.random() * 100), ...Buffer.from(init.name.slice(0, 6))])),
    sha256WithRsa,
    named(issuer.name),
    sequence(time(init.validFrom), time(init.validTo)),
    named(init.name),
    key.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension)),
  );
  const signature = createSign("sha256").update(contents).sign(issuer.key);
  const whole = sequence(contents, sha256WithRsa, der(0x03, Buffer.from([0]), signature));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString("base64").replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

/** An authority of this run, and what issues certificates (RFC 5280) in its name. */
export function createAuthority(): { readonly cert: string; issue(init: CertificateInit): Certificate } {
  const name = "Scorecard authority";
  const { publicKey, privateKey } = keyPair();
  const issuer = { name, key: privateKey };
  const year = (count: number) => new Date(Date.now() + count * 365 * 86_400_000);
  return {
    cert: build({ name, validFrom: year(-2), validTo: year(2) }, publicKey, issuer),
    issue(init) {
      const own = keyPair();
      const key = own.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
      return { key, cert: build(init, own.publicKey, issuer) };
    },
  };
}

/** The certificates that a fault can have, by name; all but `unknown` are of the authority that clients trust. */
export function createCertificates(): {
  readonly authority: string;
  readonly of: Readonly<Record<CertificateName, Certificate>>;
} {
  const day = 86_400_000;
  const [from, to] = [new Date(Date.now() - day), new Date(Date.now() + day)];
  const trusted = createAuthority();
  const valid = { name: "server", host: "127.0.0.1", validFrom: from, validTo: to };
  return {
    authority: trusted.cert,
    of: {
      trusted: trusted.issue(valid),
      unknown: createAuthority().issue(valid),
      expired: trusted.issue({ ...valid, validFrom: new Date(Date.now() - 3 * day), validTo: from }),
      "other-host": trusted.issue({ ...valid, host: "other.example" }),
    },
  };
}

/** What is wrong with a certificate; of `trusted` nothing. */
export type CertificateName = "trusted" | "unknown" | "expired" | "other-host";
