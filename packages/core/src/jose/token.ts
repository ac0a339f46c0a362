import { WebhookVerificationError } from "../errors/connectry-error.js";
import { rejection } from "../webhooks/scheme/delivery.js";
import type { SignatureAlgorithm, SignatureCheck } from "../webhooks/scheme/signature-algorithm.js";
import type { TimeFormat } from "../webhooks/scheme/timestamp-location.js";
import { loadJose } from "./load-jose.js";

// Those of Plaid and Google have less than one kilobyte.
const maxLength = 8_192;

/** What a signed token has to be. */
export interface TokenFacts {
  readonly algorithm: "ES256" | "RS256";
  /** Checks the id of the key before anything is fetched. */
  readonly keyId: RegExp;
  /** @default not checked */
  readonly issuers?: readonly string[];
  /** @default not checked */
  readonly audience?: string;
  /** The key of an id: a CryptoKey or a JSON Web Key, whose types a program without those of browsers does not have. */
  key(keyId: string, check: SignatureCheck): Promise<object>;
  /** Whether the token, whose signature was verified, is for this delivery and this secret. */
  matches(claims: Readonly<Record<string, unknown>>, check: SignatureCheck): boolean | Promise<boolean>;
}

interface TokenHeader {
  readonly alg?: unknown;
  readonly kid?: unknown;
}

function decodePart(token: string, part: number): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = (token.split(".", 3)[part] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** `timestamp.format` of schemes whose signed token has the time of the delivery in its claim `iat`. `unit` is `seconds`. */
export const tokenTime: TimeFormat = {
  name: "the claim `iat` of a token",
  parse(token) {
    const time = token.length > maxLength ? undefined : decodePart(token, 1)?.iat;
    return Number.isSafeInteger(time) ? (time as number) : Number.NaN;
  },
  format: (ms) => String(Math.floor(ms / 1_000)),
};

/**
 * JWT (RFC 7519) in a header, verified by `jose`. Its algorithm and the id of its key are checked before a key is fetched.
 */
export function tokenAlgorithm(facts: TokenFacts): Extract<SignatureAlgorithm, { kind: "published-key" }> {
  return {
    kind: "published-key",
    async verify(check) {
      const { scheme, signatures, clock } = check;
      const [token = ""] = signatures;
      const header: TokenHeader = (token.length > maxLength ? undefined : decodePart(token, 0)) ?? {};
      const { alg, kid } = header;
      if (alg !== facts.algorithm || typeof kid !== "string" || !facts.keyId.test(kid)) {
        throw rejection(
          scheme,
          "malformed",
          `the header does not contain a token that is signed with ${facts.algorithm}.`,
        );
      }
      const { jwtVerify, errors } = await loadJose();
      const key = (await facts.key(kid, check)) as CryptoKey;
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [facts.algorithm],
          currentDate: new Date(clock.now()),
          ...(facts.issuers === undefined ? {} : { issuer: [...facts.issuers] }),
          ...(facts.audience === undefined ? {} : { audience: facts.audience }),
        });
        if (await facts.matches(payload, check)) return true;
      } catch (error) {
        if (WebhookVerificationError.isInstance(error)) throw error;
        if (error instanceof errors.JWTExpired) throw rejection(scheme, "too-old", "the token has expired.");
        if (error instanceof errors.JWTClaimValidationFailed) {
          throw rejection(scheme, "wrong-secret", `the claim \`${error.claim}\` of the token is not the expected one.`);
        }
        if (!(error instanceof errors.JOSEError)) throw error;
        throw rejection(scheme, "wrong-secret", "the signature of the token does not match.");
      }
      return false;
    },
  };
}
