import type { Path, ProviderProfile } from "@connectry/core";
import { isObject } from "../document/json.js";
import type { DocumentOperation } from "../document/operation.js";
import type { Problem } from "../request/problem.js";
import type { SchemaObject } from "../schema/json-schema.js";
import type { SchemaView } from "../schema/schema-space.js";
import type { SchemaTools } from "../schema/schema-tools.js";
import { type Answer, createAnswer } from "../server/answer.js";
import { errorContent } from "./document-answers.js";
import { errorMarks } from "./error-marks.js";
import { placeValue, valueAt } from "./place-value.js";
import type { RequestNames } from "./request-names.js";

/** Makes an error answer in the provider's shape. */
export type ProviderError = (
  operation: DocumentOperation | undefined,
  status: number,
  problem: Problem,
  headers?: Readonly<Record<string, string>>,
  /** What the body says beside its message and code. */
  extra?: readonly { readonly at: Path; readonly value: unknown }[],
) => Answer;

const maxMessage = 2_000;

/** Words that an enumerated error type may hold for a problem, the most telling first: `idempotency_error`. */
function wordsOf(status: number, code: string): readonly string[] {
  const own = status === 401 ? ["authentication", "unauthorized", "unauthenticated", "auth"] : code.split("_");
  return [...own, "invalid", "request", "validation"];
}

/** The choice that says the most telling word; the first one where none says any. */
function closest(choices: readonly unknown[], words: readonly string[]): unknown {
  const says = (choice: unknown, word: string) =>
    String(choice)
      .toLowerCase()
      .split(/[^a-z]+/)
      .includes(word);
  const word = words.find((one) => choices.some((choice) => says(choice, one)));
  return word === undefined ? choices[0] : choices.find((choice) => says(choice, word));
}

/** The code in the type that the document gives it: text, else the status. */
function codeFor(schema: SchemaObject | undefined, choices: readonly unknown[], status: number, code: string): unknown {
  if (choices.length > 0) return closest(choices, wordsOf(status, code));
  return schema?.type === "integer" || schema?.type === "number" ? status : code;
}

/** Builds errors from the profile's paths, on top of what the document demands of an error body. */
export function createProviderError(
  profile: ProviderProfile,
  tools: (view: SchemaView) => SchemaTools,
  names: RequestNames,
): ProviderError {
  const { message: messagePath, code: codePath, statuses } = profile.errors;
  const marks = errorMarks(profile);

  /** The code that stands for a status, where the provider's codes do; none of them stands for another. */
  const codeOf = (schema: SchemaObject | undefined, status: number, code: string): unknown => {
    const standing = Object.entries(statuses ?? {}).filter(([, meant]) => meant === status);
    if (standing.length > 0)
      return closest(
        standing.map(([name]) => name),
        wordsOf(status, code),
      );
    const others = (schema?.enum ?? []).filter((name) => typeof name !== "string" || statuses?.[name] === undefined);
    return codeFor(schema, others, status, code);
  };

  const bareBody = (
    operation: DocumentOperation | undefined,
    status: number,
    code: string,
  ): { body: unknown; codeSchema: SchemaObject | undefined } => {
    const content = errorContent(operation, status);
    if (operation === undefined || content === undefined) return { body: {}, codeSchema: undefined };
    const view = operation.schemas.response;
    const { sample, at } = tools(view);
    const schema = view.convert(content.schema);
    try {
      const sampled = sample(schema, 0, "bare");
      const parent = messagePath.slice(0, -1);
      const body = isObject(sampled) ? { ...sampled } : {};
      const siblings = valueAt(body, parent);
      // Enumerated members beside the message should say the same as it.
      for (const [name, value] of Object.entries(isObject(siblings) ? siblings : {})) {
        const choices = at(schema, [...parent, name])?.enum;
        if (choices !== undefined) placeValue(body, [...parent, name], closest(choices, wordsOf(status, code)));
        else if (name === "status" && typeof value === "number") placeValue(body, [...parent, name], status);
      }
      return { body, codeSchema: codePath === undefined ? undefined : at(schema, codePath) };
    } catch {
      // A document whose own error has no sample: the profile's paths are enough.
      return { body: {}, codeSchema: undefined };
    }
  };

  return (operation, status, problem, headers = {}, extra = []) => {
    const { body, codeSchema } = bareBody(operation, status, problem.code);
    let error = placeValue(body, messagePath, problem.message.slice(0, maxMessage));
    if (codePath !== undefined) error = placeValue(error, codePath, codeOf(codeSchema, status, problem.code));
    for (const { at, value } of marks) error = placeValue(error, at, value);
    const named = names.inBody();
    if (named !== undefined) error = placeValue(error, named.path, named.name);
    for (const { at, value } of extra) error = placeValue(error, at, value);
    // Where codes stand for statuses, refusals come with a 200.
    const sent = statuses !== undefined && status < 429 ? 200 : status;
    return createAnswer({ status: sent, headers, body: error });
  };
}
