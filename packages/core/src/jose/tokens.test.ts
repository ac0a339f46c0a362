import { createHash } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, expect, test, vi } from "vitest";
import { harness } from "../../test/webhooks/harness.js";
import { recordedFetch } from "../../test/webhooks/provider-keys.js";
import { verifyWebhook } from "../webhooks/index.js";
import { googlePubSub, plaid } from "./index.js";

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let [es256, rs256, other]: Pair[] = [];
beforeAll(async () => {
  [es256, rs256, other] = await Promise.all([
    generateKeyPair("ES256", { extractable: true }),
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("ES256", { extractable: true }),
  ]);
});

const nowS = 1_700_000_000;
const clock = { now: () => nowS * 1_000 };

interface Token {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly kid: string;
  readonly alg: string;
  readonly key: Pair["privateKey"];
}
const token = ({ claims, key, ...header }: Token) =>
  new SignJWT(claims).setProtectedHeader({ typ: "JWT", ...header }).sign(key);

const plaidBody = '{"webhook_type":"TRANSACTIONS","webhook_code":"SYNC_UPDATES_AVAILABLE","item_id":"ü"}';
const kid = "bfbd5111-8e33-4643-8ced-b2e642a72f3c";

/** The claims of https://plaid.com/docs/api/webhooks/webhook-verification/ */
const plaidClaims = (body = plaidBody, iat = nowS) => ({
  iat,
  request_body_sha256: createHash("sha256").update(body).digest("hex"),
});

function plaidReceiver(expiredAt: number | null = null) {
  const requests: unknown[] = [];
  const { fetch, urls } = recordedFetch(async (_, init) => {
    const request = JSON.parse(String(init?.body)) as Record<string, string>;
    requests.push(request);
    if (request.secret !== "api secret") return Response.json({ error_code: "INVALID_API_KEYS" }, { status: 400 });
    if (request.key_id !== kid)
      return Response.json({ error_code: "INVALID_WEBHOOK_VERIFICATION_KEY_ID" }, { status: 400 });
    const key = {
      ...(await exportJWK(es256!.publicKey)),
      alg: "ES256",
      kid,
      use: "sig",
      created_at: 1,
      expired_at: expiredAt,
    };
    return Response.json({ key, request_id: "1" });
  });
  const scheme = plaid({ clientId: "client", fetch });
  const verify = async (changes: Partial<Token> = {}, secrets = "api secret", body = plaidBody) => {
    const jwt = await token({ claims: plaidClaims(), kid, alg: "ES256", key: es256!.privateKey, ...changes });
    return verifyWebhook(scheme, { headers: { "Plaid-Verification": jwt }, body }, { secrets, clock });
  };
  return { scheme, verify, urls, requests };
}

test("R36: a delivery of Plaid is accepted, and its key fetched once, with the client id and the secret", async () => {
  const { verify, urls, requests } = plaidReceiver();
  for (let count = 0; count < 3; count += 1) {
    const { events, signedAtMs } = await verify();
    expect(events).toMatchObject([{ type: "TRANSACTIONS.SYNC_UPDATES_AVAILABLE" }]);
    expect(signedAtMs).toBe(nowS * 1_000);
  }
  expect(urls).toEqual(["https://production.plaid.com/webhook_verification_key/get"]);
  expect(requests).toEqual([{ client_id: "client", secret: "api secret", key_id: kid }]);
});

test("R37: another body, and a token of another key, are rejected", async () => {
  const { verify } = plaidReceiver();
  await expect(verify({}, "api secret", `${plaidBody} `)).rejects.toMatchObject({ reason: "wrong-secret" });
  await expect(verify({ key: other!.privateKey })).rejects.toMatchObject({ reason: "wrong-secret" });
  await expect(verify({ claims: { iat: nowS } })).rejects.toMatchObject({ reason: "wrong-secret" });
});

test("R37: the five minutes of Plaid are exact, and what is late causes no request", async () => {
  const { verify, urls } = plaidReceiver();
  await expect(verify({ claims: plaidClaims(plaidBody, nowS - 301) })).rejects.toMatchObject({ reason: "too-old" });
  await expect(verify({ claims: { ...plaidClaims(), iat: "now" } })).rejects.toMatchObject({ reason: "malformed" });
  expect(urls).toEqual([]);
  await expect(verify({ claims: plaidClaims(plaidBody, nowS - 300) })).resolves.toBeDefined();
});

test("R37: tokens without a signature, of another algorithm or with a strange key id cause no request", async () => {
  const { scheme, verify, urls } = plaidReceiver();
  await expect(verify({ alg: "RS256", key: rs256!.privateKey })).rejects.toMatchObject({ reason: "malformed" });
  await expect(verify({ kid: "../keys" })).rejects.toMatchObject({ reason: "malformed" });
  await expect(verify({ kid: "k".repeat(65) })).rejects.toMatchObject({ reason: "malformed" });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${part({ alg: "none", kid })}.${part(plaidClaims())}.`;
  for (const header of [unsigned, "a.b.c", "", "....", `${unsigned}${"a".repeat(10_000)}`]) {
    const request = { headers: { "plaid-verification": header }, body: plaidBody };
    await expect(verifyWebhook(scheme, request, { secrets: "api secret", clock })).rejects.toMatchObject({
      reason: "malformed",
    });
  }
  expect(urls).toEqual([]);
});

test("a key that Plaid does not have or that has expired is rejected, and a wrong secret is a failure of ours", async () => {
  await expect(plaidReceiver().verify({ kid: "another" })).rejects.toMatchObject({ reason: "unknown-key" });
  await expect(plaidReceiver(nowS - 1).verify()).rejects.toMatchObject({ reason: "unknown-key" });
  await expect(plaidReceiver(nowS + 1).verify()).resolves.toBeDefined();
  const { verify } = plaidReceiver();
  const failing = verify({}, "wrong secret");
  await expect(failing).rejects.toMatchObject({ reason: "key-unavailable" });
  await expect(failing).rejects.not.toThrow(/wrong secret/);
  await expect(failing).rejects.toMatchObject({ cause: { message: expect.not.stringMatching(/wrong secret/) } });
});

test("the client id is that of the environment where none is given, and without one the configuration is wrong", async () => {
  const { fetch } = recordedFetch(async (_, init) => {
    const { client_id } = JSON.parse(String(init?.body)) as Record<string, string>;
    const key = { ...(await exportJWK(es256!.publicKey)), alg: "ES256", kid, use: "sig", expired_at: null };
    return client_id === "from the environment"
      ? Response.json({ key, request_id: "1" })
      : Response.json({ error_code: "INVALID_API_KEYS" }, { status: 400 });
  });
  const jwt = await token({ claims: plaidClaims(), kid, alg: "ES256", key: es256!.privateKey });
  const verify = () =>
    verifyWebhook(
      plaid({ fetch }),
      { headers: { "plaid-verification": jwt }, body: plaidBody },
      { secrets: "s", clock },
    );
  vi.stubEnv("PLAID_CLIENT_ID", "from the environment");
  await expect(verify()).resolves.toBeDefined();
  vi.stubEnv("PLAID_CLIENT_ID", undefined);
  await expect(verify()).rejects.toMatchObject({
    name: "ConfigurationError",
    message: expect.stringContaining("PLAID_CLIENT_ID"),
  });
  vi.unstubAllEnvs();
});

test("a delivery whose key cannot be fetched gets a 503 with Retry-After", async () => {
  const { fetch } = recordedFetch(() => Promise.reject(new TypeError("fetch failed")));
  const { handler } = harness(plaid({ clientId: "client", fetch }), { secrets: "api secret", clock: undefined });
  const claims = plaidClaims(plaidBody, Math.floor(Date.now() / 1_000));
  const jwt = await token({ claims, kid, alg: "ES256", key: es256!.privateKey });
  const headers = { "plaid-verification": jwt };
  const response = await handler(new Request("https://example.com/", { method: "POST", headers, body: plaidBody }));
  expect([response.status, response.headers.get("retry-after"), await response.json()]).toEqual([
    503,
    "10",
    { error: "key-unavailable" },
  ]);
});

// The example of https://cloud.google.com/pubsub/docs/push
const pushBody = JSON.stringify({
  message: {
    attributes: { key: "value" },
    data: "SGVsbG8gQ2xvdWQgUHViL1N1YiEgSGVyZSBpcyBteSBtZXNzYWdlIQ==",
    messageId: "2070443601311540",
  },
  subscription: "projects/myproject/subscriptions/mysubscription",
});
const email = "pusher@myproject.iam.gserviceaccount.com";
const pushClaims = {
  aud: "https://example.com/push",
  azp: "113774264463038321964",
  email,
  sub: "113774264463038321964",
  email_verified: true,
  exp: nowS + 3_600,
  iat: nowS,
  iss: "https://accounts.google.com",
};

function pushReceiver() {
  const { fetch, urls } = recordedFetch(async () =>
    Response.json({ keys: [{ ...(await exportJWK(rs256!.publicKey)), alg: "RS256", kid: "g1", use: "sig" }] }),
  );
  const scheme = googlePubSub({ audience: "https://example.com/push", fetch });
  const verify = async (changes: Partial<Token> = {}, secrets: string | string[] = email) => {
    const jwt = await token({ claims: pushClaims, kid: "g1", alg: "RS256", key: rs256!.privateKey, ...changes });
    return verifyWebhook(scheme, { headers: { authorization: `Bearer ${jwt}` }, body: pushBody }, { secrets, clock });
  };
  return { verify, urls };
}

test("R36: a push of Google Pub/Sub is accepted for its service account and audience", async () => {
  const { verify, urls } = pushReceiver();
  for (const secrets of [email, ["other@example.com", email]]) {
    const { events } = await verify({}, secrets);
    expect(events).toMatchObject([
      { type: "message", id: "projects/myproject/subscriptions/mysubscription.2070443601311540" },
    ]);
  }
  expect(urls).toEqual(["https://www.googleapis.com/oauth2/v3/certs"]);
});

test.each<[string, Partial<typeof pushClaims> | { email_verified: unknown }, string]>([
  ["another service account", { email: "attacker@example.com" }, "wrong-secret"],
  ["an address that is not verified", { email_verified: false }, "wrong-secret"],
  ["another audience", { aud: "https://example.com/other" }, "wrong-secret"],
  ["another issuer", { iss: "https://evil.test" }, "wrong-secret"],
  ["a token that has expired", { exp: nowS - 1 }, "too-old"],
])("R37: a push with %s is rejected", async (_, changes, reason) => {
  await expect(pushReceiver().verify({ claims: { ...pushClaims, ...changes } })).rejects.toMatchObject({ reason });
});

test("R54: pushes with made-up key ids cause one request", async () => {
  const { verify, urls } = pushReceiver();
  for (let count = 0; count < 20; count += 1) {
    await expect(verify({ kid: `made-up-${count}` })).rejects.toMatchObject({ reason: "unknown-key" });
  }
  expect(urls).toHaveLength(1);
});
