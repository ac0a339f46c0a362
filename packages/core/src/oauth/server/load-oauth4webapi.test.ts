import { expect, test, vi } from "vitest";
import { rejection } from "../../../test/call.js";
import { createAccounts } from "../../../test/oauth/accounts.js";

test("where there is no TextEncoder, as in jsdom, a request says so instead of blaming the provider", async () => {
  const { oauth, requests } = createAccounts({ facts: { deviceUrl: "https://auth.acme.test/device" } });
  vi.stubGlobal("TextEncoder", undefined);
  const error = await rejection(oauth.beginDevice({ account: "a" }).finally(() => vi.unstubAllGlobals()));
  expect(error).toMatchObject({ name: "ConfigurationError", message: expect.stringContaining("TextEncoder") });
  expect(requests).toEqual([]);
});

test("without Web Crypto, as in jest-fixed-jsdom, accounts are not created", () => {
  vi.stubGlobal("crypto", {});
  expect(() => createAccounts({})).toThrow(expect.objectContaining({ name: "ConfigurationError" }));
  vi.unstubAllGlobals();
});
