import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../errors/connectry-error.js";
import { aesGcm } from "./token-seal.js";

const secret = "a secret of these tests";

describe("tokens that are sealed", () => {
  test("are opened with the same secret and context, and look different each time", async () => {
    const [first, second] = [
      await aesGcm(secret).seal("tökén", "acme:a"),
      await aesGcm(secret).seal("tökén", "acme:a"),
    ];
    expect(first).not.toBe(second);
    expect(first).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/);
    expect(await aesGcm(secret).open(first, "acme:a")).toBe("tökén");
  });

  test("are not opened for another account, with another secret, or after a change of any character", async () => {
    const sealed = await aesGcm(secret).seal("token", "acme:a");
    await expect(aesGcm(secret).open(sealed, "acme:b")).rejects.toThrow(ConfigurationError);
    await expect(aesGcm(`${secret}!`).open(sealed, "acme:a")).rejects.toThrow(ConfigurationError);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === "A" ? "Q" : "A"}${sealed.slice(at + 1)}`;
      await expect(aesGcm(secret).open(changed, "acme:a")).rejects.toThrow(ConfigurationError);
    }
    for (const wrong of ["", "v1.", "token", '{"tokens":{}}']) {
      await expect(aesGcm(secret).open(wrong, "acme:a")).rejects.toThrow(ConfigurationError);
    }
  });

  test("are opened with an older secret while it is replaced, and sealed with the first", async () => {
    const old = await aesGcm(secret).seal("token", "acme:a");
    const both = aesGcm(["the secret that replaces it", secret]);
    expect(await both.open(old, "acme:a")).toBe("token");
    expect(await aesGcm("the secret that replaces it").open(await both.seal("token", "acme:a"), "acme:a")).toBe(
      "token",
    );
  });
});

test.each([["", "short"], ["a secret of these tests", "short"], []])(
  "a secret of less than 16 characters is refused",
  (...secrets) => {
    expect(() => aesGcm(secrets)).toThrow(ConfigurationError);
  },
);
