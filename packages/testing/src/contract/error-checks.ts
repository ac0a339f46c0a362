import assert from "node:assert/strict";
import type { ApiError, Path } from "@connectry/core";
import { isObject } from "../document/json.js";
import type { DocumentOperation } from "../document/operation.js";
import { isJsonContent } from "../provider/document-answers.js";
import { errorMarks } from "../provider/error-marks.js";
import { placeValue, valueAt } from "../provider/place-value.js";
import type { JsonSchema } from "../schema/json-schema.js";
import { type ContractCheck, expectNone } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { apiErrorOf } from "./failure-of.js";

const classes: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  402: "ApiError",
  403: "PermissionDeniedError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableEntityError",
  429: "RateLimitError",
};

/** The name of the class that a status stands for. */
function className(status: number): string {
  return classes[status] ?? (status >= 500 ? "InternalServerError" : "ApiError");
}

const said = "Contract: what went wrong";
const requestId = "contract-request-1";

/** An error in the profile's places, and what of it must be read. */
function errorAnswer({ profile }: ContractContext, code: string) {
  const { errors } = profile;
  let body: unknown = {};
  body = placeValue(body, errors.message, said);
  if (errors.code !== undefined) body = placeValue(body, errors.code, code);
  if (errors.requestId !== undefined && typeof errors.requestId !== "string")
    body = placeValue(body, errors.requestId, requestId);
  const headers: Record<string, string> = typeof errors.requestId === "string" ? { [errors.requestId]: requestId } : {};
  return { body, headers };
}

/** What an error that was read says otherwise than it should. */
function misread(
  error: ApiError,
  wanted: { status: number; name: string; code?: string | undefined; body: unknown },
): string[] {
  const problems: string[] = [];
  const expectSame = (what: string, found: unknown, expected: unknown) => {
    if (found !== expected) problems.push(`${what} is ${String(found)}, not ${String(expected)}`);
  };
  expectSame("status", error.status, wanted.status);
  expectSame("class", error.name, wanted.name);
  if (wanted.code !== undefined) expectSame("code", error.code, wanted.code);
  try {
    assert.deepEqual(error.body, wanted.body);
  } catch {
    problems.push("the body is not what the provider answered");
  }
  return problems;
}

/** Errors in every shape: said by a status, by a code within a 200, by the documents, by a proxy, by nobody. */
export function errorChecks(context: ContractContext): ContractCheck[] {
  const { profile, read, call, start } = context;
  const { errors } = profile;
  const checks: ContractCheck[] = [
    {
      name: "an error says its status, code, message and request id, in the class of its status",
      run: async () => {
        await using stage = await start();
        const problems: string[] = [];
        for (const status of [...Object.keys(classes).map(Number), 410, 500, 503]) {
          const { body, headers } = errorAnswer(context, "contract_code");
          stage.server.faults.push({ kind: "answer", status, body, headers });
          const error = await apiErrorOf(call(stage.connect(), read, { maxAttempts: 1 }), `a ${status}`);
          const code = errors.code === undefined ? undefined : "contract_code";
          const found = misread(error, { status, name: className(status), code, body });
          if (!error.message.includes(said) && !isCode(context))
            found.push(`the message "${error.message}" does not say what the provider said`);
          if (errors.requestId !== undefined && error.requestId !== requestId)
            found.push(`request id is ${error.requestId}`);
          if (errors.requestId !== undefined && !error.message.includes(requestId))
            found.push("the message does not name the request");
          problems.push(...found.map((problem) => `${status}: ${problem}`));
        }
        expectNone(problems, "errors were not read as they should");
      },
    },
    {
      name: "every error that the documents describe is read: its message, its code, its body",
      run: () => readsDescribedErrors(context),
    },
    {
      name: "what the provider refuses comes back with its reason",
      run: async () => {
        await using stage = await start();
        const { params, body } = context.sampleRequest(read, 1);
        const wrong = { params: { ...params, query: { ...params.query, connectry_unknown: "1" } }, body };
        const error = await apiErrorOf(
          call(stage.connect(), read, wrong),
          "a parameter that the document does not have",
        );
        assert.ok(error.status < 500, error.message);
        if (!isCode(context)) assert.match(error.message, /connectry_unknown is not known/);
      },
    },
    {
      name: "an error page of a proxy, an empty error and a broken one are errors of their status too",
      run: async () => {
        await using stage = await start();
        for (const [status, body] of [
          [502, "<html>Bad gateway</html>"],
          [404, undefined],
          [403, "{"],
          [400, "null"],
        ] as const) {
          const headers: Record<string, string> =
            status === 502 ? { "content-type": "text/html" } : { "content-type": "application/json" };
          stage.server.faults.push({ kind: "answer", status, headers, body });
          const error = await apiErrorOf(
            call(stage.connect(), read, { maxAttempts: 1 }),
            `a ${status} that is no JSON`,
          );
          assert.deepEqual([error.status, error.name, error.code], [status, className(status), undefined]);
        }
      },
    },
  ];
  if (errors.statuses === undefined) return checks;
  const { statuses } = errors;
  checks.push({
    name: `${Object.keys(statuses).length} codes within a 200 are errors of the class that they stand for, and unknown ones are ApiErrors`,
    run: async () => {
      await using stage = await start();
      const problems: string[] = [];
      for (const [code, status] of Object.entries({ ...statuses, contract_code: 200 })) {
        let { body, headers } = errorAnswer(context, code);
        for (const { at, value } of errorMarks(profile)) body = placeValue(body, at, value);
        stage.server.faults.push({ kind: "answer", status: 200, body, headers });
        const error = await apiErrorOf(call(stage.connect(), read, { maxAttempts: 1 }), code);
        const name = status === 200 ? "ApiError" : className(status);
        problems.push(...misread(error, { status: 200, name, code, body }).map((problem) => `${code}: ${problem}`));
      }
      expectNone(problems, "codes were not read as they should");
    },
  });
  return checks;
}

/** Whether the provider's message is nothing but its code. */
function isCode({ profile: { errors } }: ContractContext): boolean {
  return errors.code !== undefined && errors.code.join() === errors.message.join();
}

interface Described {
  readonly operation: DocumentOperation;
  readonly status: number;
  readonly schema: JsonSchema;
}

/** One of each: errors whose schemas are the same text are the same. */
function describedErrors({ operations, profile }: ContractContext): Described[] {
  const known = new Map<string, Described>();
  for (const operation of operations) {
    for (const [text, contents] of operation.responses()) {
      const status = statusOf(text, profile.errors.statuses !== undefined);
      for (const content of status === undefined ? [] : contents.filter(isJsonContent)) {
        const schema = operation.schemas.response.convert(content.schema);
        const key = `${status} ${JSON.stringify(content.schema)}`;
        if (!known.has(key) && status !== undefined) known.set(key, { operation, status, schema });
      }
    }
  }
  return [...known.values()];
}

/** The status to answer with for one that a document names; undefined where it is no error's. */
function statusOf(text: string, within200: boolean): number | undefined {
  if (text === "default") return within200 ? 200 : 400;
  const status = Number(text.replace(/xx$/i, "00"));
  return status >= 400 ? status : undefined;
}

async function readsDescribedErrors(context: ContractContext): Promise<void> {
  const { profile, tools, call, start } = context;
  const { message, code } = profile.errors;
  const problems: string[] = [];
  await using stage = await start();
  const connector = stage.connect({ maxAttempts: 1 });
  for (const { operation, status, schema } of describedErrors(context)) {
    const { at, sample } = tools(operation.schemas.response);
    let body: unknown;
    try {
      body = sample(schema, 1);
    } catch {
      // Alternatives of which each value fits several: the profile's places are enough.
      body = {};
    }
    const has = (path: Path) => at(schema, path) !== undefined;
    if (isObject(body)) {
      if (has(message)) body = placeValue(body, message, said);
      if (status < 400) for (const mark of errorMarks(profile)) body = placeValue(body, mark.at, mark.value);
    }
    stage.server.faults.push({ kind: "answer", status, body, headers: { "content-type": "application/json" } });
    const error = await apiErrorOf(call(connector, operation), `${operation.id} ${status}`);
    const own = code === undefined ? undefined : valueAt(body, code);
    const known = typeof own === "string" || typeof own === "number" ? String(own) : undefined;
    const meant = (known === undefined ? undefined : profile.errors.statuses?.[known]) ?? status;
    const name = meant < 400 ? "ApiError" : className(meant);
    const found = misread(error, { status, name, code: known, body });
    if (has(message) && !isCode(context) && !error.message.includes(said))
      found.push(`"${error.message}" does not say what the provider said`);
    problems.push(...found.map((problem) => `${operation.id} ${status}: ${problem}`));
  }
  expectNone(problems, "described errors were not read as they should");
}
