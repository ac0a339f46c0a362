import assert from "node:assert/strict";
import type { ApiError, JsonPath } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import { isObject } from "../json/json-object.js";
import { getAtPath, setAtPath } from "../json/json-path.js";
import { isJsonContent } from "../provider/documented-responses.js";
import { errorMarkers } from "../provider/error-markers.js";
import type { JsonSchema } from "../schema/json-schema.js";
import { type FakeCheck, throwIfAny } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { expectApiError } from "./expect-failure.js";

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

/** The name of the error class of a status. */
function className(status: number): string {
  return classes[status] ?? (status >= 500 ? "InternalServerError" : "ApiError");
}

const message = "Contract: what went wrong";
const requestId = "contract-request-1";

/** An error response with its members at the paths of the profile. */
function errorResponse({ profile }: ContractContext, code: string) {
  const { errors } = profile;
  let body: unknown = {};
  body = setAtPath(body, errors.message, message);
  if (errors.code !== undefined) body = setAtPath(body, errors.code, code);
  if (errors.requestId !== undefined && typeof errors.requestId !== "string")
    body = setAtPath(body, errors.requestId, requestId);
  const headers: Record<string, string> = typeof errors.requestId === "string" ? { [errors.requestId]: requestId } : {};
  return { body, headers };
}

/** The members of an error that differ from what is expected. */
function differences(
  error: ApiError,
  expected: { status: number; name: string; code?: string | undefined; body: unknown },
): string[] {
  const problems: string[] = [];
  const compare = (name: string, actual: unknown, wanted: unknown) => {
    if (actual !== wanted) problems.push(`${name} must be ${String(wanted)}, got ${String(actual)}`);
  };
  compare("status", error.status, expected.status);
  compare("class", error.name, expected.name);
  if (expected.code !== undefined) compare("code", error.code, expected.code);
  try {
    assert.deepEqual(error.body, expected.body);
  } catch {
    problems.push("body differs from that of the response");
  }
  return problems;
}

/** Checks errors of all kinds: with an error status, with a code in a 200, as documented, from a proxy, without a body. */
export function errorChecks(context: ContractContext): FakeCheck[] {
  const { profile, read, call, start } = context;
  const { errors } = profile;
  const checks: FakeCheck[] = [
    {
      name: "an error has the class of its status, and the status, code, message and request id of the response",
      confirmedBy: [
        ...["400", "401", "404", "429", "5xx"],
        ...(errors.code === undefined ? [] : ["code"]),
        ...(errors.requestId === undefined ? [] : ["request-id"]),
      ],
      run: async () => {
        await using setup = await start();
        const problems: string[] = [];
        for (const status of [...Object.keys(classes).map(Number), 410, 500, 503]) {
          const { body, headers } = errorResponse(context, "contract_code");
          setup.server.faults.push({ kind: "response", status, body, headers });
          const error = await expectApiError(
            call(setup.connect(), read, { maxAttempts: 1 }),
            `a call with a ${status} response`,
          );
          const code = errors.code === undefined ? undefined : "contract_code";
          const found = differences(error, { status, name: className(status), code, body });
          if (!error.message.includes(message) && !messageIsCode(context))
            found.push(`message "${error.message}" does not contain that of the provider`);
          if (errors.requestId !== undefined && error.requestId !== requestId)
            found.push(`request id must be ${requestId}, got ${error.requestId}`);
          if (errors.requestId !== undefined && !error.message.includes(requestId))
            found.push("message does not contain the request id");
          problems.push(...found.map((problem) => `${status}: ${problem}`));
        }
        throwIfAny(problems, "errors were read incorrectly");
      },
    },
    {
      name: "every error of the documents is read, with its message, code and body",
      run: () => checkDocumentedErrors(context),
    },
    {
      name: "a request that the provider rejects is an error with the reason",
      confirmedBy: ["400"],
      run: async () => {
        await using setup = await start();
        const { params, body } = context.sampleRequest(read, 1);
        const invalid = { params: { ...params, query: { ...params.query, connectry_unknown: "1" } }, body };
        const error = await expectApiError(call(setup.connect(), read, invalid), "a call with an unknown parameter");
        assert.ok(error.status < 500, error.message);
        if (!messageIsCode(context)) assert.match(error.message, /unknown query parameter connectry_unknown/);
      },
    },
    {
      name: "an HTML error page, an empty error body and an invalid one are errors of their status",
      run: async () => {
        await using setup = await start();
        for (const [status, body] of [
          [502, "<html>Bad gateway</html>"],
          [404, undefined],
          [403, "{"],
          [400, "null"],
        ] as const) {
          const headers: Record<string, string> =
            status === 502 ? { "content-type": "text/html" } : { "content-type": "application/json" };
          setup.server.faults.push({ kind: "response", status, headers, body });
          const error = await expectApiError(
            call(setup.connect(), read, { maxAttempts: 1 }),
            `a call with a ${status} response that is not JSON`,
          );
          assert.deepEqual([error.status, error.name, error.code], [status, className(status), undefined]);
        }
      },
    },
  ];
  if (errors.statuses === undefined) return checks;
  const { statuses } = errors;
  checks.push({
    name: `${Object.keys(statuses).length} codes in a 200 are errors of the class of their status, and unknown codes are ApiErrors`,
    confirmedBy: ["200"],
    run: async () => {
      await using setup = await start();
      const problems: string[] = [];
      for (const [code, status] of Object.entries({ ...statuses, contract_code: 200 })) {
        let { body, headers } = errorResponse(context, code);
        for (const { at, value } of errorMarkers(profile)) body = setAtPath(body, at, value);
        setup.server.faults.push({ kind: "response", status: 200, body, headers });
        const error = await expectApiError(
          call(setup.connect(), read, { maxAttempts: 1 }),
          `a call with the code ${code}`,
        );
        const name = status === 200 ? "ApiError" : className(status);
        problems.push(...differences(error, { status: 200, name, code, body }).map((problem) => `${code}: ${problem}`));
      }
      throwIfAny(problems, "codes were read incorrectly");
    },
  });
  return checks;
}

/** Whether the provider sends its code as the message. */
function messageIsCode({ profile: { errors } }: ContractContext): boolean {
  return errors.code !== undefined && errors.code.join() === errors.message.join();
}

interface DocumentedError {
  readonly operation: DocumentOperation;
  readonly status: number;
  readonly schema: JsonSchema;
}

/** The errors of the documents; errors with the same schema are only listed once. */
function documentedErrors({ operations, profile }: ContractContext): DocumentedError[] {
  const errors = new Map<string, DocumentedError>();
  for (const operation of operations) {
    for (const [text, contents] of operation.responses()) {
      const status = statusOf(text, profile.errors.statuses !== undefined);
      for (const content of status === undefined ? [] : contents.filter(isJsonContent)) {
        const schema = operation.schemas.response.convert(content.schema);
        const key = `${status} ${JSON.stringify(content.schema)}`;
        if (!errors.has(key) && status !== undefined) errors.set(key, { operation, status, schema });
      }
    }
  }
  return [...errors.values()];
}

/** The status of a documented response; undefined where it is not an error. */
function statusOf(text: string, usesStatus200: boolean): number | undefined {
  if (text === "default") return usesStatus200 ? 200 : 400;
  const status = Number(text.replace(/xx$/i, "00"));
  return status >= 400 ? status : undefined;
}

async function checkDocumentedErrors(context: ContractContext): Promise<void> {
  const { profile, tools, call, start } = context;
  const { message: messagePath, code: codePath } = profile.errors;
  const problems: string[] = [];
  await using setup = await start();
  const connector = setup.connect({ maxAttempts: 1 });
  for (const { operation, status, schema } of documentedErrors(context)) {
    const { schemaAt, sample } = tools(operation.schemas.response);
    let body: unknown;
    try {
      body = sample(schema, 1);
    } catch {
      // No valid sample, such as for a oneOf that every value matches twice: the paths of the profile are sufficient.
      body = {};
    }
    const has = (path: JsonPath) => schemaAt(schema, path) !== undefined;
    if (isObject(body)) {
      if (has(messagePath)) body = setAtPath(body, messagePath, message);
      if (status < 400) for (const { at, value } of errorMarkers(profile)) body = setAtPath(body, at, value);
    }
    setup.server.faults.push({ kind: "response", status, body, headers: { "content-type": "application/json" } });
    const error = await expectApiError(
      call(connector, operation),
      `a call of ${operation.id} with a ${status} response`,
    );
    const codeValue = codePath === undefined ? undefined : getAtPath(body, codePath);
    const code = typeof codeValue === "string" || typeof codeValue === "number" ? String(codeValue) : undefined;
    const mappedStatus = (code === undefined ? undefined : profile.errors.statuses?.[code]) ?? status;
    const name = mappedStatus < 400 ? "ApiError" : className(mappedStatus);
    const found = differences(error, { status, name, code, body });
    if (has(messagePath) && !messageIsCode(context) && !error.message.includes(message))
      found.push(`message "${error.message}" does not contain that of the provider`);
    problems.push(...found.map((problem) => `${operation.id} ${status}: ${problem}`));
  }
  throwIfAny(problems, "documented errors were read incorrectly");
}
