import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { Credential } from "@connectry/core";
import { canaryScan } from "../secrets/canary-scan.js";
import { type FakeCheck, throwIfAny } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { expectApiError } from "./expect-failure.js";

const clientSecret = "canary_exchanged_4eC39HqLyj/WDarj";

/** Checks how a connector exchanges its credential for tokens, where its profile says `client-credentials`. */
export function tokenExchangeChecks({ profile, read, readStatus, call, start }: ContractContext): FakeCheck[] {
  const { auth } = profile;
  if (auth.kind !== "client-credentials" || !read.secured) return [];
  const clientOf = (secret: string, id = "canary-client"): Credential => ({
    [auth.clientId.name]: id,
    [auth.clientSecret.name]: secret,
    ...Object.fromEntries((auth.fields ?? []).map(({ name, default: usual }) => [name, usual ?? `canary-${name}`])),
  });
  const credential = clientOf(clientSecret) as never;
  return [
    {
      name: "client id and secret are exchanged once, for the token that all calls are sent with",
      run: async () => {
        await using setup = await start({ credential });
        const connector = setup.connect({ auth: clientOf(clientSecret) });
        await Promise.all([call(connector, read), call(connector, read)]);
        await call(connector, read);
        assert.deepEqual(
          setup.server.requests.map(({ status }) => status),
          [readStatus, readStatus, readStatus],
        );
        assert.equal(setup.server.tokenRequests.length, 1);
      },
    },
    {
      name: "after a 401, client id and secret are exchanged once more, and the call is sent with the new token",
      run: async () => {
        await using setup = await start({ credential });
        const connector = setup.connect({ auth: clientOf(clientSecret) });
        setup.server.faults.push({ kind: "response", status: 401 });
        const { response } = await call(connector, read);
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          ["reauthenticate", "success"],
        );
        const [first, second] = setup.server.requests.map(({ headers }) => headers.authorization);
        assert.notEqual(first, second);
        assert.equal(setup.server.tokenRequests.length, 2);
      },
    },
    {
      name: "each account is exchanged for a token of its own",
      run: async () => {
        await using setup = await start({ credential: undefined });
        const getAccount = ({ account }: { readonly account: string }) => clientOf(clientSecret, account);
        const connector = setup.connect({ auth: { getAccount } });
        for (const account of ["one", "two", "one"]) await call(connector, read, { account } as object);
        assert.equal(setup.server.tokenRequests.length, 2);
        const tokens = setup.server.requests.map(({ headers }) => headers.authorization);
        assert.equal(new Set(tokens).size, 2);
      },
    },
    {
      name: "a rejected client is an AuthenticationError that names its options and no secret, and no call is sent",
      run: async () => {
        await using setup = await start({ credential });
        const rejected = `${clientSecret}_other`;
        const error = await expectApiError(
          call(setup.connect({ auth: clientOf(rejected) }), read),
          "a call with a rejected client",
        );
        assert.equal(error.name, "AuthenticationError", error.message);
        for (const { name, env } of [auth.clientId, auth.clientSecret]) {
          assert.ok(error.message.includes(name) && error.message.includes(env), error.message);
        }
        assert.deepEqual([error.attempts.length, setup.server.requests.length], [0, 0]);
        const seen = [error, String(error), inspect(error, { depth: 20, showHidden: true })];
        throwIfAny(
          seen.flatMap((one) => canaryScan(rejected, one)).map(({ at, encoding }) => `${encoding} at ${at}`),
          "places contain the secret",
        );
      },
    },
  ];
}
