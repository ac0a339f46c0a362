import assert from "node:assert/strict";
import { inspect } from "node:util";
import { type ConnectorOptions, toFetch } from "@connectry/core";
import type { ScriptedFault } from "../faults/fault.js";
import { faultServer } from "../faults/fault-server.js";
import { setAtPath } from "../json/json-path.js";
import { markSuccess } from "../provider/mark-success.js";
import { canaryScan } from "../secrets/canary-scan.js";
import { type FakeCheck, throwIfAny } from "./contract-check.js";
import type { ContractContext, ContractSetup } from "./contract-context.js";
import type { ContractInit } from "./contract-options.js";

interface Scenario {
  readonly faults?: readonly ScriptedFault[];
  readonly options?: ConnectorOptions;
  readonly init?: ContractInit;
}

/** The ways in which a call can fail. */
function failureScenarios({ profile, credential, read }: ContractContext): Readonly<Record<string, Scenario>> {
  const { message, code } = profile.errors;
  const { secret } = credential;
  let echo: unknown = setAtPath(
    { seen: [`Authorization: Bearer ${secret}`] },
    message,
    `The key ${secret} has no permission`,
  );
  if (code !== undefined) echo = setAtPath(echo, code, secret);
  const echoes = (status: number): ScriptedFault => ({
    kind: "response",
    status,
    body: echo,
    headers: { "x-echo": secret, "www-authenticate": `Bearer error="${secret}"` },
  });
  return {
    "a rejected credential": {
      options: { auth: credential.rejected },
      // A provider without credentials rejects none by itself.
      faults: read.secured ? [] : [{ kind: "response", status: 401 }],
    },
    "a 401 that contains it": { faults: [echoes(401)] },
    "a 403 that contains it": { faults: [echoes(403)] },
    "a 429 that contains it": { faults: [echoes(429)], init: { maxAttempts: 1 } },
    "a 503 that contains it": { faults: [echoes(503)], init: { maxAttempts: 1 } },
    "an error page that contains it": {
      faults: [{ kind: "response", status: 502, body: `<html>${encodeURIComponent(secret)} ${secret}</html>` }],
      init: { maxAttempts: 1 },
    },
    "a bad request": { init: { params: { path: {}, query: { connectry_unknown: secret }, header: {}, cookie: {} } } },
    "a reset connection": { faults: [{ kind: "reset", after: "request" }], init: { maxAttempts: 1 } },
    "a reset response": { faults: [{ kind: "reset", after: "half-body" }], init: { maxAttempts: 1 } },
    "a provider that does not respond": {
      faults: [{ kind: "stall", after: "request" }],
      init: { maxAttempts: 1, attemptTimeoutMs: 30 },
    },
    "a deadline": { faults: [{ kind: "stall", after: "headers" }], options: { deadlineMs: 30 } },
    "an abort": { faults: [{ kind: "stall", after: "request" }], init: { signal: AbortSignal.timeout(30) } },
    "invalid JSON": {
      faults: [{ kind: "response", body: '{"name": "Ad', headers: { "content-type": "application/json" } }],
    },
    "a response that is too large": {
      faults: [{ kind: "response", body: { name: "Ada" } }],
      init: { maxResponseBytes: 1 },
    },
    "a gzip bomb": { faults: [{ kind: "gzip-bomb", decodedBytes: 1_000_000 }], init: { maxResponseBytes: 1_000 } },
    "an invalid redirect": {
      faults: [{ kind: "response", status: 302, headers: { location: `http://[${secret}` } }],
    },
    "an unknown option": { init: { retries: 3 } as ContractInit },
    "no connection": { options: { baseUrl: "http://127.0.0.1:1" }, init: { maxAttempts: 1 } },
  };
}

/** The forms in which a caller sees a value: itself, as a string, and in a log. */
function visibleForms(value: unknown): unknown[] {
  return [value, String(value), inspect(value, { depth: 20, showHidden: true })];
}

/** Checks that the credential is only visible to the provider. */
export function credentialLeakChecks(context: ContractContext): FakeCheck[] {
  const { credential, read, isReadSafe, call, start, writeOf } = context;
  const leaksIn = (value: unknown) =>
    visibleForms(value).flatMap((one) => credential.secrets.flatMap((secret) => canaryScan(secret, one)));

  const outcome = async (
    setup: ContractSetup,
    { faults = [], options, init }: Scenario,
    operation = read,
  ): Promise<unknown> => {
    setup.server.faults.length = 0;
    // Unlimited, since an aborted request may arrive late, and must not take the fault of the next call.
    setup.server.faults.push(...faults.map((fault) => ({ ...fault, times: Number.POSITIVE_INFINITY })));
    try {
      return await call(setup.connect(options), operation, init);
    } catch (error) {
      return error;
    }
  };

  return [
    {
      name: "no error contains the credential in its message, stack, cause, body, headers, inspect or JSON",
      run: async () => {
        await using setup = await start();
        const problems: string[] = [];
        const write = writeOf("unsafe") ?? writeOf("idempotent-with-key");
        for (const [name, scenario] of Object.entries(failureScenarios(context))) {
          for (const operation of write === undefined ? [read] : [read, write]) {
            const error = await outcome(setup, scenario, operation);
            const title = `${name} (${operation.id})`;
            if (!(error instanceof Error)) problems.push(`${title}: the call must fail`);
            problems.push(...leaksIn(error).map(({ at, encoding }) => `${title}: ${encoding} at ${at || "String()"}`));
          }
        }
        throwIfAny(problems, "places contain the credential");
      },
    },
    {
      name: "the credential is not visible in the connector, in responses, and in the calls that a custom policy receives",
      run: async () => {
        await using setup = await start();
        const seen: unknown[] = [];
        const spy = {
          name: "spy",
          send: (one: unknown, next: (one: never) => Promise<never>) => {
            seen.push(one);
            return next(one as never);
          },
        };
        const connector = setup.connect({ policies: { perCall: [spy as never] } });
        const result = await call(connector, read);
        const basePath = new URL(setup.server.url).pathname.replace(/\/$/, "");
        const path = setup.server.requests[0]?.path.slice(basePath.length) ?? "/";
        // A credential may be in the body.
        const body = { method: read.method, headers: { "content-type": "application/json" }, body: "{}" };
        const hasBody = read.method !== "GET" && read.method !== "HEAD";
        const response = await toFetch(connector)(`${setup.server.url}${path}`, hasBody ? body : undefined);
        const leaks = [
          connector,
          result,
          response,
          Object.fromEntries(response.headers),
          await response.text(),
          ...seen,
        ].flatMap(leaksIn);
        throwIfAny(
          leaks.map(({ at, encoding }) => `${encoding} at ${at}`),
          "places contain the credential",
        );
        assert.equal(seen.length, 2);
      },
    },
    {
      name: "a redirect to another origin is followed without the credential, and not for a write",
      run: async () => {
        await using setup = await start();
        await using other = await faultServer([], { response: { body: markSuccess(context.profile, {}) } });
        const redirect = { kind: "response", status: 307, headers: { location: `${other.url}/elsewhere` } } as const;
        if (isReadSafe) {
          setup.server.faults.push({ ...redirect, times: 2 });
          await call(setup.connect(), read);
          assert.equal(other.requests.length, 1);
        }
        const followed = other.requests.length;
        const recorded = other.requests.map(({ headers, path, query, bytes }) => [
          Object.entries(Object.getOwnPropertyDescriptors(headers)).map(([name, { value }]) => [name, value]),
          path,
          query,
          bytes,
        ]);
        assert.deepEqual(
          credential.secrets.flatMap((secret) => canaryScan(secret, recorded)),
          [],
        );
        const write = writeOf("unsafe") ?? writeOf("idempotent-with-key");
        if (write === undefined) return;
        const error = await outcome(setup, { faults: [redirect] }, write);
        assert.equal((error as Error).name, "OutcomeUnknownError");
        assert.equal(((error as Error).cause as Error).name, "UnsafeRedirectError");
        assert.equal(other.requests.length, followed);
      },
    },
  ];
}
