import assert from "node:assert/strict";
import { ConfigurationError } from "@connectry/core";
import { sentCredential } from "../request/check-credential.js";
import type { FakeCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { expectApiError } from "./expect-failure.js";

/** Runs a function with environment variables set, or unset where undefined, and restores them. */
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

/** Checks where the credential comes from and how it is sent, and which headers every request has. */
export function authChecks(context: ContractContext): FakeCheck[] {
  const { profile, facts, credential, read, readStatus, call, start, create } = context;
  const unset = Object.fromEntries(Object.keys(credential.environment).map((name) => [name, undefined]));

  const checks: FakeCheck[] = [
    {
      name: `the credential of an option, a function or the environment is sent as the provider accepts it (${profile.auth.kind})`,
      run: async () => {
        await using setup = await start();
        await call(setup.connect(), read);
        await call(setup.connect({ auth: async () => credential.value }), read);
        await call(setup.connect({ auth: { id: "contract", get: () => credential.value } }), read);
        const fromEnvironment = withEnvironment(credential.environment, () => create(setup.reach));
        await call(fromEnvironment, read);
        assert.deepEqual(
          setup.server.requests.map(({ status }) => status),
          [readStatus, readStatus, readStatus, readStatus],
        );
      },
    },
    {
      name: "creating a connector without a credential throws an error that names the environment variables",
      run: async () => {
        await using setup = await start();
        for (const name of Object.keys(credential.environment)) {
          const others = { ...credential.environment, [name]: undefined };
          assert.throws(
            () => withEnvironment(others, () => create(setup.reach)),
            (error) => ConfigurationError.isInstance(error) && error.message.includes(name),
            `creating a connector without ${name} must throw a ConfigurationError that names it`,
          );
        }
        assert.throws(
          () => withEnvironment(unset, () => create({})),
          ConfigurationError.isInstance.bind(ConfigurationError),
        );
      },
    },
    {
      name: "a rejected credential is an AuthenticationError",
      confirmedBy: ["401"],
      run: async () => {
        await using setup = await start();
        // A provider without credentials rejects none by itself.
        if (!read.secured) setup.server.faults.push({ kind: "response", status: 401 });
        const error = await expectApiError(
          call(setup.connect({ auth: credential.rejected }), read),
          "a call with a wrong credential",
        );
        assert.equal(error.name, "AuthenticationError", error.message);
      },
    },
    {
      name: "after a 401, a credential function is called once more, and a fixed credential is not sent again",
      run: async () => {
        await using setup = await start();
        const refreshes: boolean[] = [];
        const auth = ({ refresh }: { readonly refresh: boolean }) => {
          refreshes.push(refresh);
          return refresh ? credential.value : credential.rejected;
        };
        setup.server.faults.push({ kind: "response", status: 401 });
        const { response } = await call(setup.connect({ auth }), read);
        assert.deepEqual(refreshes, [false, true]);
        assert.deepEqual(
          response.attempts.map(({ verdict }) => verdict),
          ["reauthenticate", "success"],
        );

        setup.server.faults.push({ kind: "response", status: 401, times: 2 });
        const again = await expectApiError(call(setup.connect({ auth }), read), "a call with two rejected credentials");
        assert.equal(again.attempts.length, 2, "a credential is refreshed once in a call");

        setup.server.faults.push({ kind: "response", status: 401 });
        const fixed = await expectApiError(call(setup.connect(), read), "a call with a rejected fixed credential");
        assert.equal(fixed.attempts.length, 1);
      },
    },
  ];
  const fixedHeaders = { ...profile.headers, ...(profile.versionHeader && { [profile.versionHeader]: facts.version }) };
  if (Object.keys(fixedHeaders).length > 0) {
    checks.push({
      name: `${Object.keys(fixedHeaders).join(" and ")} is sent with every request`,
      run: async () => {
        await using setup = await start();
        await call(setup.connect(), read);
        const sent = setup.server.requests[0]?.headers;
        for (const [name, value] of Object.entries(fixedHeaders)) assert.equal(sent?.[name.toLowerCase()], value);
        if (profile.versionHeader === undefined) return;
        await call(setup.connect({ apiVersion: "another" }), read);
        assert.equal(setup.server.requests[1]?.headers[profile.versionHeader.toLowerCase()], "another");
      },
    });
  }
  return [...checks, ...withoutCredentialChecks(context), ...pathDefaultChecks(context)];
}

function withoutCredentialChecks(context: ContractContext): FakeCheck[] {
  const { profile, facts, operations, sampleRequest, start } = context;
  const without = operations.find((operation) => facts.operations[operation.id]?.auth === false);
  if (without === undefined) return [];
  return [
    {
      name: "an operation that takes no credential, or another one, is sent without the client's, which is not asked for",
      run: async () => {
        await using setup = await start();
        const auth = () => assert.fail("the credential function was called");
        await setup.connect({ auth }).call(without, sampleRequest(without, 1));
        const [request] = setup.server.requests;
        assert.ok(request, "the request must arrive");
        const carrier = {
          headers: request.headers,
          query: Object.entries(request.query).map(([name, value]) => [name, String(value)] as const),
          body: request.body,
        };
        assert.equal(sentCredential(profile.auth, carrier), undefined);
      },
    },
  ];
}

function pathDefaultChecks({ profile, operations, sampleRequest, credential, start }: ContractContext): FakeCheck[] {
  return Object.entries(profile.pathDefaults ?? {}).map(([parameter, name]) => ({
    name: `a call may omit the path parameter ${parameter}: the credential's ${name} is its default`,
    run: async () => {
      const has = (path: string) => path.includes(`{${parameter}}`);
      const operation = operations.find((one) => one.method === "GET" && has(one.path));
      assert.ok(operation, `the documents have no GET operation with the path parameter ${parameter}`);
      await using setup = await start();
      const { params, body } = sampleRequest(operation, 1);
      const { [parameter]: _, ...path } = params.path;
      await setup.connect().call(operation, { params: { ...params, path }, body });
      const value = typeof credential.value === "string" ? credential.value : credential.value[name];
      assert.ok(
        setup.server.requests[0]?.path.includes(String(value)),
        "the path must contain the value of the credential",
      );
      await setup.connect().call(operation, { params, body });
      assert.ok(
        setup.server.requests[1]?.path.includes(String(params.path[parameter])),
        "a parameter of the call must take precedence over its default",
      );
    },
  }));
}
