import assert from "node:assert/strict";
import { isObject } from "../document/json.js";
import type { DocumentOperation } from "../document/operation.js";
import { isJsonContent, successAnswer } from "../provider/document-answers.js";
import type { ContractCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";

interface Case {
  readonly operation: DocumentOperation;
  readonly body: Readonly<Record<string, unknown>>;
  /** A member whose values the document enumerates. */
  readonly enumerated: string | undefined;
}

/** A read whose answer has an enumerated member, if there is one. */
function findCase({ operations, shapes, tools, read }: ContractContext): Case {
  const caseOf = (operation: DocumentOperation): Case | undefined => {
    const { content } = successAnswer(operation);
    if (content === undefined || !isJsonContent(content) || operation.method !== "GET" || shapes.page(operation))
      return undefined;
    const view = operation.schemas.response;
    const schema = view.convert(content.schema);
    const { at, sample } = tools(view);
    const names = Object.keys(at(schema, [])?.properties ?? {});
    const enumerated = names.find(
      (name) => (at(schema, [name])?.enum?.filter((value) => typeof value === "string").length ?? 0) > 1,
    );
    if (enumerated === undefined && operation !== read) return undefined;
    const body = sample(schema, 1);
    return isObject(body) ? { operation, body, enumerated } : undefined;
  };
  for (const operation of operations) {
    const found = caseOf(operation);
    if (found?.enumerated !== undefined && Object.hasOwn(found.body, found.enumerated)) return found;
  }
  return caseOf(read) ?? { operation: read, body: {}, enumerated: undefined };
}

/** Answers that know more than the document: a client of today is called tomorrow. */
export function toleranceChecks(context: ContractContext): ContractCheck[] {
  return [
    {
      name: "members and enumerated values that the documents do not know pass through unharmed",
      run: async () => {
        const { operation, body, enumerated } = findCase(context);
        const unknown = { deep: [1, null, { text: "\u2028 <>&" }], big: 9_007_199_254_740_991, empty: "" };
        const answer = {
          ...body,
          ...(enumerated === undefined ? {} : { [enumerated]: "connectry_unknown_value" }),
          connectry_unknown: unknown,
        };
        await using stage = await context.start();
        // Where the document has no answer with a body, this one has.
        const { status, content } = successAnswer(operation);
        const told = content === undefined || status > 203 ? 200 : status;
        stage.server.faults.push({ kind: "answer", status: told, body: answer });
        const { data } = await context.call(stage.connect(), operation);
        assert.deepEqual(data, answer);
      },
    },
    {
      name: "an answer of another media type, and an empty one, are handed over as they come",
      run: async () => {
        const { read, call, start } = context;
        await using stage = await start();
        stage.server.faults.push(
          { kind: "answer", body: "plain" },
          { kind: "answer", body: new Uint8Array([0, 255]) },
          { kind: "answer", status: 204 },
        );
        const answers = [
          await call(stage.connect(), read),
          await call(stage.connect(), read),
          await call(stage.connect(), read),
        ];
        assert.deepEqual(
          answers.map(({ data }) => data),
          ["plain", new Uint8Array([0, 255]), undefined],
        );
      },
    },
  ];
}
