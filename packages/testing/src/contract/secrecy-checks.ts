import assert from "node:assert/strict";
import { inspect } from "node:util";
import { type ConnectorOptions, toFetch } from "@connectry/core";
import type { ScriptedFault } from "../faults/fault.js";
import { faultServer } from "../faults/fault-server.js";
import { placeValue } from "../provider/place-value.js";
import { canaryScan } from "../secrets/canary-scan.js";
import { type ContractCheck, expectNone } from "./contract-check.js";
import type { ContractContext, Stage } from "./contract-context.js";
import type { ContractInit } from "./contract-options.js";

interface Scene {
  readonly faults?: readonly ScriptedFault[];
  readonly options?: ConnectorOptions;
  readonly init?: ContractInit;
}

/** Everything that can go wrong with a call. */
function scenes({ profile, credential, read }: ContractContext): Readonly<Record<string, Scene>> {
  const { message, code } = profile.errors;
  const { secret } = credential;
  let echo: unknown = placeValue(
    { seen: [`Authorization: Bearer ${secret}`] },
    message,
    `The key ${secret} may not do this`,
  );
  if (code !== undefined) echo = placeValue(echo, code, secret);
  const echoes = (status: number): ScriptedFault => ({
    kind: "answer",
    status,
    body: echo,
    headers: { "x-echo": secret, "www-authenticate": `Bearer error="${secret}"` },
  });
  return {
    "a refused credential": {
      options: { auth: credential.refused },
      // Who lets everybody in refuses nobody by himself.
      faults: read.secured ? [] : [{ kind: "answer", status: 401 }],
    },
    "a refused credential that is repeated": { faults: [echoes(401)] },
    "a refusal that repeats it": { faults: [echoes(403)] },
    "a rate limit that repeats it": { faults: [echoes(429)], init: { maxAttempts: 1 } },
    "an outage that repeats it": { faults: [echoes(503)], init: { maxAttempts: 1 } },
    "an error page that repeats it": {
      faults: [{ kind: "answer", status: 502, body: `<html>${encodeURIComponent(secret)} ${secret}</html>` }],
      init: { maxAttempts: 1 },
    },
    "a bad request": { init: { params: { path: {}, query: { connectry_unknown: secret }, header: {} } } },
    "a cut connection": { faults: [{ kind: "reset", after: "request" }], init: { maxAttempts: 1 } },
    "a cut answer": { faults: [{ kind: "reset", after: "half-body" }], init: { maxAttempts: 1 } },
    "a silent provider": {
      faults: [{ kind: "stall", after: "request" }],
      init: { maxAttempts: 1, attemptTimeoutMs: 30 },
    },
    "a deadline": { faults: [{ kind: "stall", after: "headers" }], options: { deadlineMs: 30 } },
    "an abort": { faults: [{ kind: "stall", after: "request" }], init: { signal: AbortSignal.timeout(30) } },
    "broken JSON": {
      faults: [{ kind: "answer", body: '{"name": "Ad', headers: { "content-type": "application/json" } }],
    },
    "an answer that is too large": {
      faults: [{ kind: "answer", body: { name: "Ada" } }],
      init: { maxResponseBytes: 1 },
    },
    "a gzip bomb": { faults: [{ kind: "gzip-bomb", decodedBytes: 1_000_000 }], init: { maxResponseBytes: 1_000 } },
    "a redirect to nowhere": { faults: [{ kind: "answer", status: 302, headers: { location: `http://[${secret}` } }] },
    "an unknown option": { init: { retries: 3 } as ContractInit },
    "no connection": { options: { baseUrl: "http://127.0.0.1:1" }, init: { maxAttempts: 1 } },
  };
}

/** What a caller can see of a value: itself, and as text, log and JSON. */
function shown(value: unknown): unknown[] {
  return [value, String(value), inspect(value, { depth: 20, showHidden: true })];
}

/** The credential: that no one sees it but the provider. */
export function secrecyChecks(context: ContractContext): ContractCheck[] {
  const { credential, read, isReadSafe, call, start, writeOf } = context;
  const leaksIn = (value: unknown) => shown(value).flatMap((one) => canaryScan(credential.secret, one));

  const outcome = async (stage: Stage, { faults = [], options, init }: Scene, operation = read): Promise<unknown> => {
    stage.server.faults.length = 0;
    // For every request: one that its caller gave up may arrive late, and must not take the next call's fault.
    stage.server.faults.push(...faults.map((fault) => ({ ...fault, times: Number.POSITIVE_INFINITY })));
    try {
      return await call(stage.connect(options), operation, init);
    } catch (error) {
      return error;
    }
  };

  return [
    {
      name: "no error shows the credential: not in message, stack, cause, body, headers, inspect or JSON",
      run: async () => {
        await using stage = await start();
        const problems: string[] = [];
        const write = writeOf("unsafe") ?? writeOf("keyed");
        for (const [name, scene] of Object.entries(scenes(context))) {
          for (const operation of write === undefined ? [read] : [read, write]) {
            const error = await outcome(stage, scene, operation);
            const title = `${name} (${operation.id})`;
            if (!(error instanceof Error)) problems.push(`${title}: the call should have failed`);
            problems.push(...leaksIn(error).map(({ at, form }) => `${title}: ${form} at ${at || "its text"}`));
          }
        }
        expectNone(problems, "places show the credential");
      },
    },
    {
      name: "neither the connector nor an answer shows the credential, nor does what a policy of the user's sees of a call",
      run: async () => {
        await using stage = await start();
        const seen: unknown[] = [];
        const spy = {
          name: "spy",
          send: (one: unknown, next: (one: never) => Promise<never>) => {
            seen.push(one);
            return next(one as never);
          },
        };
        const connector = stage.connect({ policies: { perCall: [spy as never] } });
        const result = await call(connector, read);
        const response = await toFetch(connector)(
          `${stage.server.url}${stage.server.requests[0]?.path.slice(new URL(stage.server.url).pathname.replace(/\/$/, "").length) ?? "/"}`,
        );
        const leaks = [
          connector,
          result,
          response,
          Object.fromEntries(response.headers),
          await response.text(),
          ...seen,
        ].flatMap(leaksIn);
        expectNone(
          leaks.map(({ at, form }) => `${form} at ${at}`),
          "places show the credential",
        );
        assert.equal(seen.length, 2);
      },
    },
    {
      name: "a redirect to another origin takes no credential along, and a write is not sent there",
      run: async () => {
        await using stage = await start();
        await using other = await faultServer([], { answer: { body: {} } });
        const elsewhere = { kind: "answer", status: 307, headers: { location: `${other.url}/elsewhere` } } as const;
        if (isReadSafe) {
          stage.server.faults.push({ ...elsewhere, times: 2 });
          await call(stage.connect(), read);
          assert.equal(other.requests.length, 1);
        }
        const followed = other.requests.length;
        const seen = other.requests.map(({ headers, path, query, bytes }) => [
          Object.entries(Object.getOwnPropertyDescriptors(headers)).map(([name, { value }]) => [name, value]),
          path,
          query,
          bytes,
        ]);
        assert.deepEqual(canaryScan(credential.secret, seen), []);
        const write = writeOf("unsafe") ?? writeOf("keyed");
        if (write === undefined) return;
        const error = await outcome(stage, { faults: [elsewhere] }, write);
        assert.equal((error as Error).name, "UnsafeRedirectError");
        assert.equal(other.requests.length, followed);
      },
    },
  ];
}
