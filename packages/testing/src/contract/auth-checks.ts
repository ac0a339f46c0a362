import assert from "node:assert/strict";
import { ConfigurationError } from "@connectry/core";
import type { ContractCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { apiErrorOf } from "./failure-of.js";

/** Runs with environment variables set (or, where undefined, unset), and puts back what was there. */
function withEnvironment<T>(variables: Readonly<Record<string, string | undefined>>, run: () => T): T {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const assign = (entries: Iterable<readonly [string, string | undefined]>) => {
    for (const [name, value] of entries) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  assign(Object.entries(variables));
  try {
    return run();
  } finally {
    assign(before);
  }
}

/** The credential: where it comes from, where it goes, and what else every request carries. */
export function authChecks(context: ContractContext): ContractCheck[] {
  const { profile, facts, credential, read, readStatus, call, start, create } = context;
  const unset = Object.fromEntries(Object.keys(credential.environment).map((name) => [name, undefined]));

  const checks: ContractCheck[] = [
    {
      name: `sends the credential as the provider takes it (${profile.auth.kind}), from an option, a function or the environment`,
      run: async () => {
        await using stage = await start();
        await call(stage.connect(), read);
        await call(stage.connect({ auth: async () => credential.value }), read);
        await call(stage.connect({ auth: { id: "contract", get: () => credential.value } }), read);
        const fromEnvironment = withEnvironment(credential.environment, () => create({ baseUrl: stage.server.url }));
        await call(fromEnvironment, read);
        assert.deepEqual(
          stage.server.requests.map(({ status }) => status),
          [readStatus, readStatus, readStatus, readStatus],
        );
      },
    },
    {
      name: "without a credential, says at once which environment variables would hold it",
      run: async () => {
        await using stage = await start();
        for (const name of Object.keys(credential.environment)) {
          const others = { ...credential.environment, [name]: undefined };
          assert.throws(
            () => withEnvironment(others, () => create({ baseUrl: stage.server.url })),
            (error) => ConfigurationError.isInstance(error) && error.message.includes(name),
            `a connector without ${name} must throw a ConfigurationError that names it`,
          );
        }
        assert.throws(
          () => withEnvironment(unset, () => create({})),
          ConfigurationError.isInstance.bind(ConfigurationError),
        );
      },
    },
    {
      name: "a refused credential is an AuthenticationError",
      run: async () => {
        await using stage = await start();
        // Who lets everybody in refuses nobody by himself.
        if (!read.secured) stage.server.faults.push({ kind: "answer", status: 401 });
        const error = await apiErrorOf(call(stage.connect({ auth: credential.refused }), read), "a wrong credential");
        assert.equal(error.name, "AuthenticationError", error.message);
      },
    },
    {
      name: "after a 401, a function is asked for another credential once, and a fixed one is not sent again",
      run: async () => {
        await using stage = await start();
        const asked: boolean[] = [];
        const auth = ({ refresh }: { readonly refresh: boolean }) => {
          asked.push(refresh);
          return refresh ? credential.value : credential.refused;
        };
        stage.server.faults.push({ kind: "answer", status: 401 });
        const { response } = await call(stage.connect({ auth }), read);
        assert.deepEqual(asked, [false, true]);
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          ["reauthenticate", "success"],
        );

        stage.server.faults.push({ kind: "answer", status: 401, times: 2 });
        const again = await apiErrorOf(call(stage.connect({ auth }), read), "two refusals");
        assert.equal(again.attempts.length, 2, "a credential is refreshed once a call");

        stage.server.faults.push({ kind: "answer", status: 401 });
        const fixed = await apiErrorOf(call(stage.connect(), read), "a refused fixed credential");
        assert.equal(fixed.attempts.length, 1);
      },
    },
  ];
  const fixed = { ...profile.headers, ...(profile.versionHeader && { [profile.versionHeader]: facts.version }) };
  if (Object.keys(fixed).length > 0) {
    checks.push({
      name: `sends ${Object.keys(fixed).join(" and ")} with every request`,
      run: async () => {
        await using stage = await start();
        await call(stage.connect(), read);
        const sent = stage.server.requests[0]?.headers;
        for (const [name, value] of Object.entries(fixed)) assert.equal(sent?.[name.toLowerCase()], value);
        if (profile.versionHeader === undefined) return;
        await call(stage.connect({ apiVersion: "another" }), read);
        assert.equal(stage.server.requests[1]?.headers[profile.versionHeader.toLowerCase()], "another");
      },
    });
  }
  return [...checks, ...pathDefaultChecks(context)];
}

function pathDefaultChecks({
  profile,
  operations,
  sampleRequest,
  credential,
  start,
}: ContractContext): ContractCheck[] {
  return Object.entries(profile.pathDefaults ?? {}).map(([parameter, name]) => ({
    name: `a call may leave out the path parameter ${parameter}: the credential's ${name} stands in for it`,
    run: async () => {
      const has = (path: string) => path.includes(`{${parameter}}`);
      const operation = operations.find((one) => one.method === "GET" && has(one.path));
      assert.ok(operation, `no operation has the path parameter ${parameter}`);
      await using stage = await start();
      const { params, body } = sampleRequest(operation, 1);
      const { [parameter]: _, ...path } = params.path;
      await stage.connect().call(operation, { params: { ...params, path }, body });
      const value = typeof credential.value === "string" ? credential.value : credential.value[name];
      assert.ok(stage.server.requests[0]?.path.includes(String(value)), "the path holds the credential's value");
      await stage.connect().call(operation, { params, body });
      assert.ok(
        stage.server.requests[1]?.path.includes(String(params.path[parameter])),
        "a value that is given goes before it",
      );
    },
  }));
}
