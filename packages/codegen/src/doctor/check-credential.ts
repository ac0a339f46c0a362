import type { CreateClient, DoctorClient, SafeResult } from "./doctor-client.js";
import type { Finding } from "./finding.js";

/** What is read, and what is expected of the credential. */
export interface CredentialOptions {
  readonly create: CreateClient;
  readonly provider: string;
  /** The path of the read; undefined where none is known. */
  readonly read: string | undefined;
  /** The JSON of a read that is a POST. */
  readonly body?: unknown;
  /** The header that lists scopes. */
  readonly scopes: string | undefined;
  /** Scopes that the program needs. */
  readonly required: readonly string[];
  /** The options of the client that it has besides the credential. */
  readonly client: { readonly baseUrl: string | undefined; readonly environment: string | undefined };
  /** Milliseconds since the epoch. */
  now(): number;
}

const deadlineMs = 15_000;
// Signatures and tokens tolerate minutes: https://docs.stripe.com/webhooks/signature, RFC 7523, section 3.
const [warnSkewMs, maxSkewMs] = [30_000, 300_000];

/** Checks that a credential is there and accepted by one read, which scopes it has, and how far this clock is from the provider's. */
export async function checkCredential(options: CredentialOptions): Promise<readonly Finding[]> {
  const { create, provider, read, body } = options;
  const { baseUrl, environment } = options.client;
  let client: DoctorClient;
  try {
    client = create({
      deadlineMs,
      maxAttempts: 2,
      ...(baseUrl !== undefined && { baseUrl }),
      ...(environment !== undefined && { environment }),
    });
  } catch (error) {
    return [{ check: "credential", level: "error", message: (error as Error).message }];
  }
  if (read === undefined) {
    const message = `present; no read of ${provider} is known that needs nothing else`;
    return [{ check: "credential", level: "skipped", message, advice: "Name one in spec.yaml: doctor: { read: /me }" }];
  }
  const startedAtMs = options.now();
  const { error, response } = await (body === undefined ? client.safe.GET(read) : client.safe.POST(read, { body }));
  const headers = response?.headers ?? error?.headers;
  const nowMs = (startedAtMs + options.now()) / 2;
  return [
    describeResult(`${body === undefined ? "GET" : "POST"} ${read}`, error),
    ...checkScopes(headers, options),
    ...checkClock(headers, nowMs),
  ];
}

function describeResult(read: string, error: SafeResult["error"]): Finding {
  const check = "credential";
  if (error === undefined) return { check, level: "ok", message: `accepted by ${read}` };
  const { message } = error;
  if (error.name === "PermissionDeniedError")
    return { check, level: "warning", message, advice: "The credential is known, and may not do this." };
  if (error.name === "AuthenticationError")
    return { check, level: "error", message, advice: "Create another credential, or set the right variable." };
  if (error.status === undefined) return { check, level: "error", message, advice: "The provider cannot be reached." };
  if (error.status === 429) return { check, level: "skipped", message, advice: "Run it again later." };
  return { check, level: "error", message };
}

function checkScopes(headers: Headers | undefined, { scopes: name, required }: CredentialOptions): readonly Finding[] {
  const check = "scopes";
  const listed = name === undefined ? null : (headers?.get(name) ?? null);
  if (listed === null) {
    if (required.length === 0) return [];
    return [{ check, level: "skipped", message: "the provider does not say which scopes the credential has" }];
  }
  const allowed = listed.split(/[\s,]+/).filter(Boolean);
  const missing = required.filter((scope) => !allowed.includes(scope));
  const has = allowed.length === 0 ? "none" : allowed.join(", ");
  if (missing.length === 0) return [{ check, level: "ok", message: has }];
  const advice = `Allow what is missing: ${missing.join(", ")}`;
  return [{ check, level: "error", message: `${missing.join(", ")} missing; the credential has ${has}`, advice }];
}

function checkClock(headers: Headers | undefined, nowMs: number): readonly Finding[] {
  const check = "clock";
  const dateMs = Date.parse(headers?.get("date") ?? "");
  if (Number.isNaN(dateMs)) return [];
  // A Date is cut to its second.
  const skewMs = nowMs - (dateMs + 500);
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const message =
    seconds < 2 ? "agrees with the provider's" : `${seconds} s ${skewMs < 0 ? "behind" : "ahead of"} the provider's`;
  if (Math.abs(skewMs) < warnSkewMs) return [{ check, level: "ok", message }];
  const level = Math.abs(skewMs) < maxSkewMs ? "warning" : "error";
  return [{ check, level, message, advice: "Set this machine's clock by NTP: signatures and tokens expire by it." }];
}
