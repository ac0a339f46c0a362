import assert from "node:assert/strict";
import type { Call, ConnectorOptions } from "@connectry/core";
import { openapiClient } from "@connectry/core/openapi-fetch";
import { type FakeCheck, throwIfAny } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import type { ContractConnector } from "./contract-options.js";

type AnyClient = Record<string, (path: string, init: object) => Promise<unknown>>;

const text = (data: string | Uint8Array | undefined) =>
  typeof data === "string" ? data : data && Buffer.from(data).toString("latin1");

/** What of a call is sent, as text. What differs between two equal calls is the same here: keys and boundaries. */
function sentBy({ operation, url, headers, body, settings }: Call, keyHeader: string | undefined) {
  const boundary = /boundary=([^;]+)/.exec(body?.contentType ?? "")?.[1];
  // A key of the body is there only.
  const varying = [boundary, keyHeader === undefined ? settings.idempotencyKey : undefined].filter(Boolean) as string[];
  const same = (value: string) => varying.reduce((all, one) => all.replaceAll(one, "varying"), value);
  const sent = Object.entries(headers).filter(([name]) => name !== keyHeader?.toLowerCase());
  return {
    method: operation.method,
    url,
    headers: Object.fromEntries(sent.map(([name, value]) => [name, same(value)])),
    body: body?.kind === "one-shot" ? "a stream" : same(text(body?.data) ?? ""),
  };
}

/** Checks that openapi-fetch's client of a connector sends what the connector's own calls send. */
export function openapiFetchChecks({
  profile,
  create,
  credential,
  operations,
  sampleRequest,
}: ContractContext): FakeCheck[] {
  return [
    {
      name: "openapi-fetch sends every operation of the documents as the connector's own call does",
      run: async () => {
        let last: Call | undefined;
        const options: ConnectorOptions = {
          auth: credential.value as never,
          rateLimit: false,
          // Where accounts have hosts of their own, one of them.
          baseUrl: profile.baseUrl.replaceAll(/\{\w+\}/g, "account"),
          maxAttempts: 1,
          // Both end in the same error; only what was sent matters.
          transport: async (call) => {
            last = call;
            return { status: 400, headers: new Headers(), body: null };
          },
        };
        const connector: ContractConnector = create(options);
        const client = openapiClient(connector) as unknown as AnyClient;
        const send = async (call: () => Promise<unknown>) => {
          last = undefined;
          await call().catch(() => {});
          return last && sentBy(last, profile.idempotency?.header);
        };
        const problems: string[] = [];
        for (const [index, operation] of operations.entries()) {
          const { params, body } = sampleRequest(operation, index + 1);
          const own = await send(() => connector.call(operation, { params, body }));
          const theirs = await send(() => client[operation.method]!(operation.path, { params, body }));
          try {
            assert.ok(own, "the connector sends nothing");
            assert.deepEqual(theirs, own);
          } catch (error) {
            problems.push(`${operation.id}: ${(error as Error).message}`);
          }
        }
        throwIfAny(problems, `problems with ${operations.length} operations`);
      },
    },
  ];
}
