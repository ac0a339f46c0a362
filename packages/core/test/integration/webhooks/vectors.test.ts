import { describe, expect, test } from "vitest";
import { webDigests } from "../../../src/webhooks/crypto/digests.js";
import { nodeDigests } from "../../../src/webhooks/crypto/platform-digests.js";
import { zendesk } from "../../../src/webhooks/index.js";
import { verifySignature } from "../../../src/webhooks/signature/verify-signature.js";
import { zendeskGoRequest } from "../../webhooks/third-party-vectors.js";
import type { Vector } from "../../webhooks/vector.js";
import { vectors } from "../../webhooks/vectors.js";

const engines = { "Web Crypto": webDigests(), "node:crypto": nodeDigests(process) };

// In the right format, but not the secrets of the vectors.
const otherSecrets: Record<Exclude<Vector["scheme"]["algorithm"]["kind"], "published-key">, string> = {
  hmac: "YW5vdGhlciBzZWNyZXQ=",
  hash: "another secret",
  ed25519: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
  "ecdsa-p256":
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==",
  passcode: "another passcode",
};
const otherSecret = ({ scheme }: Vector) => otherSecrets[scheme.algorithm.kind as keyof typeof otherSecrets];
const table = vectors.map((vector) => [vector.source, vector] as const);

describe.each(Object.entries(engines))("with %s", (_, digests) => {
  const verify = ({ scheme, request, nowMs = 0 }: Vector, secrets: readonly (string | undefined)[]) =>
    verifySignature(scheme, request, { secrets, clock: { now: () => nowMs }, digests });

  test.each(table)("R36: the published vector of %s is accepted", async (__, vector) => {
    const verified = await verify(vector, [vector.secret]);
    expect(verified.delivery.body.length).toBe(Buffer.byteLength(vector.request.body));
    expect(verified.signedAtMs).toBe(vector.nowMs);
  });

  test.each(table)("R36: with another secret, the published vector of %s is rejected", async (__, vector) => {
    const verifying = verify(vector, [otherSecret(vector)]);
    await expect(verifying).rejects.toMatchObject({ name: "WebhookVerificationError", reason: "wrong-secret" });
  });

  test.each(table)("R40: during a rotation, either secret may have signed: %s", async (__, vector) => {
    const other = otherSecret(vector);
    for (const secrets of [
      [vector.secret, other],
      [other, undefined, vector.secret],
    ]) {
      await expect(verify(vector, secrets)).resolves.toMatchObject({ signedAtMs: vector.nowMs });
    }
    // A secret that was removed does not verify the next delivery.
    await expect(verify(vector, [other])).rejects.toMatchObject({ reason: "wrong-secret" });
  });
});

test("R36: Zendesk's formula holds for the test of zendesk-go, whose time only the format rejects", async () => {
  const options = { secrets: "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==", clock: { now: () => 1234 } };
  const { format: _, ...timestamp } = zendesk.timestamp as NonNullable<typeof zendesk.timestamp>;
  const inMilliseconds = { ...zendesk, timestamp };
  await expect(verifySignature(inMilliseconds, zendeskGoRequest, options)).resolves.toMatchObject({ signedAtMs: 1234 });
  await expect(verifySignature(zendesk, zendeskGoRequest, options)).rejects.toMatchObject({
    name: "WebhookVerificationError",
  });
});

test("R40: a function of secrets is called for each delivery, so that a removal takes effect at once", async () => {
  const [vector] = vectors as [Vector, ...Vector[]];
  let current = ["YW5vdGhlciBzZWNyZXQ=", vector.secret];
  const options = { secrets: async () => current, clock: { now: () => vector.nowMs ?? 0 } };
  await expect(verifySignature(vector.scheme, vector.request, options)).resolves.toBeDefined();
  current = ["YW5vdGhlciBzZWNyZXQ="];
  await expect(verifySignature(vector.scheme, vector.request, options)).rejects.toMatchObject({
    reason: "wrong-secret",
  });
});

test("R40: a function of secrets can select the secret of a tenant by the request", async () => {
  const [vector] = vectors as [Vector, ...Vector[]];
  const secrets = ({ header }: { header(name: string): string | undefined }) =>
    header("x-tenant") === "acme" ? vector.secret : "YW5vdGhlciBzZWNyZXQ=";
  const clock = { now: () => vector.nowMs ?? 0 };
  const request = { ...vector.request, headers: { ...(vector.request.headers as object), "X-Tenant": "acme" } };
  await expect(verifySignature(vector.scheme, request, { secrets, clock })).resolves.toBeDefined();
  await expect(verifySignature(vector.scheme, vector.request, { secrets, clock })).rejects.toThrow();
});

test.each([
  ["no secret", undefined],
  ["an empty list", []],
  ["an unset variable", [undefined, ""]],
])("%s as `secrets` is a ConfigurationError that says what to pass", async (_, secrets) => {
  const [vector] = vectors as [Vector, ...Vector[]];
  const verifying = verifySignature(vector.scheme, vector.request, {
    secrets,
    clock: { now: () => vector.nowMs ?? 0 },
  });
  await expect(verifying).rejects.toMatchObject({
    name: "ConfigurationError",
    message: expect.stringMatching(/whsec_.*environment variable/),
  });
});

test("a secret in the wrong format is a ConfigurationError that does not contain it", async () => {
  const [vector] = vectors as [Vector, ...Vector[]];
  const secret = "whsec_this is not base64 and must not be seen";
  const verifying = verifySignature(vector.scheme, vector.request, {
    secrets: secret,
    clock: { now: () => vector.nowMs ?? 0 },
  });
  await expect(verifying).rejects.toMatchObject({ name: "ConfigurationError" });
  await expect(verifying).rejects.not.toThrow(/must not be seen/);
});
