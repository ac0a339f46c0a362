import { describe, expect, test } from "vitest";
import { type Vector, vectors } from "../../test/webhooks/vectors.js";
import { webDigests } from "./digest.js";
import { nativeDigests } from "./native-digests.js";
import { verifySignature } from "./verify-signature.js";

const engines = { "Web Crypto": webDigests(), "node:crypto": nativeDigests(process) };

// Of the right form, and of nobody who signed.
const otherSecrets: Record<Vector["scheme"]["algorithm"]["kind"], string> = {
  hmac: "YW5vdGhlciBzZWNyZXQ=",
  hash: "another secret",
  ed25519: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
  "ecdsa-p256":
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==",
  passcode: "another passcode",
};
const table = vectors.map((vector) => [vector.source, vector] as const);

describe.each(Object.entries(engines))("by %s", (_, digests) => {
  const verify = ({ scheme, request, nowMs = 0 }: Vector, secrets: readonly (string | undefined)[]) =>
    verifySignature(scheme, request, { secrets, clock: { now: () => nowMs }, digests });

  test.each(table)("R36: the published vector of %s is accepted", async (__, vector) => {
    const verified = await verify(vector, [vector.secret]);
    expect(verified.delivery.body.length).toBe(Buffer.byteLength(vector.request.body));
    expect(verified.signedAtMs).toBe(vector.nowMs);
  });

  test.each(table)("R36: by another secret the vector of %s is refused", async (__, vector) => {
    const verifying = verify(vector, [otherSecrets[vector.scheme.algorithm.kind]]);
    await expect(verifying).rejects.toMatchObject({ name: "WebhookVerificationError", reason: "wrong-secret" });
  });

  test.each(table)("R40: while a secret is replaced, either may have signed: %s", async (__, vector) => {
    const other = otherSecrets[vector.scheme.algorithm.kind];
    for (const secrets of [
      [vector.secret, other],
      [other, undefined, vector.secret],
    ]) {
      await expect(verify(vector, secrets)).resolves.toMatchObject({ signedAtMs: vector.nowMs });
    }
    // The very next delivery no longer knows a secret that was taken away.
    await expect(verify(vector, [other])).rejects.toMatchObject({ reason: "wrong-secret" });
  });
});

test("R40: a function of secrets is asked for each delivery, so that a removal takes effect at once", async () => {
  const [vector] = vectors as [Vector, ...Vector[]];
  let current = ["YW5vdGhlciBzZWNyZXQ=", vector.secret];
  const options = { secrets: async () => current, clock: { now: () => vector.nowMs ?? 0 } };
  await expect(verifySignature(vector.scheme, vector.request, options)).resolves.toBeDefined();
  current = ["YW5vdGhlciBzZWNyZXQ="];
  await expect(verifySignature(vector.scheme, vector.request, options)).rejects.toMatchObject({
    reason: "wrong-secret",
  });
});

test("R40: a function of secrets can tell tenants apart by the request", async () => {
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
])("%s is a mistake of configuration that says what to give", async (_, secrets) => {
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

test("a secret in the wrong form is a mistake of configuration, and is not shown", async () => {
  const [vector] = vectors as [Vector, ...Vector[]];
  const secret = "whsec_this is no base64 and must not be seen";
  const verifying = verifySignature(vector.scheme, vector.request, {
    secrets: secret,
    clock: { now: () => vector.nowMs ?? 0 },
  });
  await expect(verifying).rejects.toMatchObject({ name: "ConfigurationError" });
  await expect(verifying).rejects.not.toThrow(/must not be seen/);
});
