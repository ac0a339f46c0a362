import { createHash } from "node:crypto";

/** How the server behaves. */
export interface FakeServerOptions {
  /** How long an access token lives, in milliseconds. @default an hour */
  readonly lifetimeMs?: number;
  /** Whether each refresh replaces the refresh token. @default true */
  readonly rotates?: boolean;
  /** For how long a replaced refresh token still works. After that it revokes its family. @default 0 */
  readonly graceMs?: number;
  /** The time. @default the system's */
  readonly nowMs?: () => number;
}

/** The tokens that came from one consent. */
export interface Family {
  readonly account: string;
  isRevoked: boolean;
}

interface Token {
  readonly family: Family;
  /** When it was replaced, or when it expires. */
  replacedAtMs?: number | undefined;
  readonly expiresAtMs: number;
}

interface Code {
  readonly account: string;
  readonly challenge: string | undefined;
}

/** A response of the server. */
export interface FakeResponse {
  readonly status: number;
  readonly body: unknown;
}

/**
 * An authorization server with refresh token rotation, which revokes the family of a refresh token that is used twice (RFC 9700,
 * section 4.14.2), and the API that accepts its access tokens. It keeps account of every use.
 */
export function fakeAuthorizationServer(options: FakeServerOptions = {}) {
  const { lifetimeMs = 3_600_000, rotates = true, graceMs = 0, nowMs = Date.now } = options;
  const access = new Map<string, Token>();
  const refresh = new Map<string, Token>();
  const codes = new Map<string, Code>();
  const families: Family[] = [];
  let count = 0;
  const counts = { refreshes: 0, reuses: 0, revocations: 0, exchanges: 0 };
  const requests: {
    readonly path: string;
    readonly form: URLSearchParams;
    readonly authorization: string | undefined;
  }[] = [];

  const secretOf = (kind: string) => {
    count += 1;
    return `${kind}-canary-${count}-4eC39HqLyjWDarjtT1zdp7dc`;
  };
  const revoke = (family: Family) => {
    if (!family.isRevoked) counts.revocations += 1;
    family.isRevoked = true;
  };
  const issue = (family: Family, refreshToken?: string) => {
    const accessToken = secretOf("access");
    access.set(accessToken, { family, expiresAtMs: nowMs() + lifetimeMs });
    const next = refreshToken ?? secretOf("refresh");
    if (!refreshToken) refresh.set(next, { family, expiresAtMs: Infinity });
    const body = {
      access_token: accessToken,
      refresh_token: next,
      token_type: "bearer",
      expires_in: lifetimeMs / 1_000,
    };
    return { status: 200, body: { ...body, scope: "read write", account: family.account } };
  };
  const invalidGrant = (description: string): FakeResponse => ({
    status: 400,
    body: { error: "invalid_grant", error_description: description },
  });

  const exchange = (form: URLSearchParams): FakeResponse => {
    const code = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    if (!code) return invalidGrant("unknown code");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (code.challenge !== undefined && code.challenge !== challenge) return invalidGrant("wrong code_verifier");
    counts.exchanges += 1;
    const family = { account: code.account, isRevoked: false };
    families.push(family);
    return issue(family);
  };

  const renew = (form: URLSearchParams): FakeResponse => {
    const text = form.get("refresh_token") ?? "";
    const token = refresh.get(text);
    if (!token || token.family.isRevoked) return invalidGrant(`refresh token ${text} is invalid or revoked`);
    const { replacedAtMs } = token;
    if (replacedAtMs !== undefined && nowMs() - replacedAtMs >= graceMs) {
      counts.reuses += 1;
      revoke(token.family);
      return invalidGrant("refresh token was used twice");
    }
    counts.refreshes += 1;
    if (!rotates) return issue(token.family, text);
    token.replacedAtMs ??= nowMs();
    return issue(token.family);
  };

  return {
    counts,
    requests,
    families,
    /** The owner of an account consents; returns the parameters of the callback. */
    consent(url: string, account: string): URLSearchParams {
      const { searchParams } = new URL(url);
      const code = secretOf("code");
      codes.set(code, { account, challenge: searchParams.get("code_challenge") ?? undefined });
      return new URLSearchParams({ code, state: searchParams.get("state") ?? "" });
    },
    /** The provider does not accept the access tokens any more, as after an incident; refresh tokens are as before. */
    expireAccess() {
      access.clear();
    },
    revokeAll() {
      for (const family of families) family.isRevoked = true;
    },
    /** Responds to a request of either. */
    respond(path: string, text: string, authorization?: string): FakeResponse {
      if (path.startsWith("/api")) {
        const token = access.get((authorization ?? "").replace(/^Bearer /, ""));
        const isValid = token && !token.family.isRevoked && token.expiresAtMs > nowMs();
        return isValid ? { status: 200, body: { account: token.family.account } } : { status: 401, body: {} };
      }
      const form = new URLSearchParams(text);
      requests.push({ path, form, authorization });
      if (path === "/revoke") {
        const token = refresh.get(form.get("token") ?? "") ?? access.get(form.get("token") ?? "");
        if (token) revoke(token.family);
        return { status: 200, body: {} };
      }
      return form.get("grant_type") === "refresh_token" ? renew(form) : exchange(form);
    },
  };
}

/** The server of `fakeAuthorizationServer`. */
export type FakeAuthorizationServer = ReturnType<typeof fakeAuthorizationServer>;
