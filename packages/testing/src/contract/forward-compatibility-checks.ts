import assert from "node:assert/strict";
import type { DocumentOperation } from "../document/operation.js";
import { isObject } from "../json/json-object.js";
import { isJsonContent, successResponse } from "../provider/documented-responses.js";
import type { FakeCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";

interface SampledResponse {
  readonly operation: DocumentOperation;
  readonly body: Readonly<Record<string, unknown>>;
  /** A member whose values the document enumerates. */
  readonly enumerated: string | undefined;
}

/** A response of a read, with an enumerated member where the documents have such. */
function findResponse({ operations, shapes, tools, read }: ContractContext): SampledResponse {
  const sampleResponse = (operation: DocumentOperation): SampledResponse | undefined => {
    const { content } = successResponse(operation);
    if (content === undefined || !isJsonContent(content) || operation.method !== "GET" || shapes.page(operation))
      return undefined;
    const view = operation.schemas.response;
    const schema = view.convert(content.schema);
    const { schemaAt, sample } = tools(view);
    const names = Object.keys(schemaAt(schema, [])?.properties ?? {});
    const enumerated = names.find(
      (name) => (schemaAt(schema, [name])?.enum?.filter((value) => typeof value === "string").length ?? 0) > 1,
    );
    if (enumerated === undefined && operation !== read) return undefined;
    const body = sample(schema, 1);
    return isObject(body) ? { operation, body, enumerated } : undefined;
  };
  for (const operation of operations) {
    const found = sampleResponse(operation);
    if (found?.enumerated !== undefined && Object.hasOwn(found.body, found.enumerated)) return found;
  }
  return sampleResponse(read) ?? { operation: read, body: {}, enumerated: undefined };
}

/** Checks responses that a later version of the provider may send. */
export function forwardCompatibilityChecks(context: ContractContext): FakeCheck[] {
  return [
    {
      name: "members and enumerated values that are not in the documents are returned unchanged",
      run: async () => {
        const { operation, body, enumerated } = findResponse(context);
        const unknown = { deep: [1, null, { text: "\u2028 <>&" }], big: 9_007_199_254_740_991, empty: "" };
        const extended = {
          ...body,
          ...(enumerated === undefined ? {} : { [enumerated]: "connectry_unknown_value" }),
          connectry_unknown: unknown,
        };
        await using setup = await context.start();
        // A 200 where the documented response has no body.
        const { status, content } = successResponse(operation);
        const sentStatus = content === undefined || status > 203 ? 200 : status;
        setup.server.faults.push({ kind: "response", status: sentStatus, body: extended });
        const { data } = await context.call(setup.connect(), operation);
        assert.deepEqual(data, extended);
      },
    },
    {
      name: "a response that is not JSON is only returned as text, bytes or undefined where the documents promise no JSON",
      run: async () => {
        const { read, call, start, facts } = context;
        await using setup = await start();
        const body = new Uint8Array([0, 255]);
        setup.server.faults.push(
          { kind: "response", status: 204 },
          { kind: "response", body: "plain" },
          { kind: "response", body },
          { kind: "response", status: 200 },
        );
        const receive = async () => {
          try {
            return (await call(setup.connect(), read)).data;
          } catch (error) {
            return ((error as Error).cause ?? error) as Error;
          }
        };
        const received = [await receive(), await receive(), await receive(), await receive()];
        const isAny = Object.hasOwn(facts.operations, read.id) && facts.operations[read.id]?.response === "any";
        if (isAny) assert.deepEqual(received, [undefined, "plain", body, undefined]);
        else {
          assert.equal(received[0], undefined);
          const names = received.slice(1).map((error) => (error as Error).name);
          assert.deepEqual(names, ["ResponseParseError", "ResponseParseError", "ResponseParseError"]);
        }
      },
    },
  ];
}
