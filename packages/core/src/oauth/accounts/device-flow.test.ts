import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { rejection } from "../../../test/call.js";
import { acmeOauth } from "../../../test/oauth/accounts.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import { memoryTokens, oauthAccounts } from "../index.js";

// https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow
const device = {
  device_code: "3584d83530557fdd1f46af8289938c8ef79f9dc5",
  user_code: "WDJB-MJHT",
  verification_uri: "https://github.com/login/device",
  expires_in: 900,
  interval: 5,
};
const token = { access_token: "gho_16C7e42F292c6912E7710c838347Ae178B4a", token_type: "bearer", scope: "repo,gist" };

/** A provider that responds to each poll in turn; the times of the polls are in seconds. */
function setUp(responses: readonly object[]) {
  const clock = fakeClock();
  const polledAtS: number[] = [];
  const forms: URLSearchParams[] = [];
  const beganAtMs = clock.monotonic();
  const { fetch } = stubFetch(({ url, body }) => {
    const form = new URLSearchParams(String(body));
    forms.push(form);
    if (url.endsWith("/device/code")) return Response.json(device);
    polledAtS.push((clock.monotonic() - beganAtMs) / 1_000);
    // GitHub reports errors with status 200.
    return Response.json(responses[polledAtS.length - 1] ?? { error: "authorization_pending" });
  });
  const provider = { ...acmeOauth, response: {}, deviceUrl: "https://api.acme.test/device/code" };
  const oauth = oauthAccounts({ provider, client: { id: "client-1" }, store: memoryTokens({ clock }), fetch, clock });
  const run = async (work: Promise<unknown>, maxS: number) => {
    let isDone = false;
    work
      .catch(() => {})
      .finally(() => {
        isDone = true;
      });
    for (let second = 0; second < maxS && !isDone; second += 1) await clock.advance(1_000);
    return work;
  };
  return { oauth, run, polledAtS, forms };
}

describe("the device flow", () => {
  test("shows a code, and asks at the interval until its owner has consented, without a secret", async () => {
    const { oauth, run, polledAtS, forms } = setUp([
      { error: "authorization_pending" },
      { error: "authorization_pending" },
      token,
    ]);
    const begun = await oauth.beginDevice({ scopes: ["repo", "gist"], account: "me" });
    expect(begun).toMatchObject({
      userCode: "WDJB-MJHT",
      verificationUri: "https://github.com/login/device",
      expiresInMs: 900_000,
    });
    expect(await run(begun.complete(), 60)).toMatchObject({ account: "me", scopes: ["repo", "gist"] });
    expect(polledAtS).toEqual([5, 10, 15]);
    expect(Object.fromEntries(forms[0]!)).toEqual({ client_id: "client-1", scope: "repo gist" });
    expect(Object.fromEntries(forms[1]!)).toEqual({
      client_id: "client-1",
      device_code: device.device_code,
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    });
    const request = { account: "me", signal: new AbortController().signal, refresh: false, refused: undefined };
    expect(await oauth.getAccount(request)).toBe(token.access_token);
  });

  test("asks 5 seconds less often from then on, where the provider asks it to slow down", async () => {
    const { oauth, run, polledAtS } = setUp([{ error: "slow_down" }, { error: "authorization_pending" }, token]);
    await run((await oauth.beginDevice({ account: "me" })).complete(), 60);
    expect(polledAtS).toEqual([5, 15, 25]);
  });

  test.each(["access_denied", "expired_token", "incorrect_device_code"])("ends with %s", async (error) => {
    const { oauth, run, polledAtS } = setUp([{ error }]);
    expect(await rejection(run((await oauth.beginDevice({ account: "me" })).complete(), 60))).toMatchObject({
      name: "OauthError",
      code: error,
    });
    expect(polledAtS).toHaveLength(1);
  });

  test("ends when the code has expired, and with the signal of its caller", async () => {
    const { oauth, run, polledAtS } = setUp([]);
    const late = await rejection(run((await oauth.beginDevice({ account: "me" })).complete(), 1_000));
    expect(late).toMatchObject({ name: "OauthError", code: "expired_token" });
    expect(polledAtS.at(-1)).toBeLessThanOrEqual(900);
    const controller = new AbortController();
    const aborted = rejection((await oauth.beginDevice({ account: "me" })).complete({ signal: controller.signal }));
    controller.abort();
    expect(await aborted).toMatchObject({ name: "AbortError" });
  });
});
