import type { BodyForm, ProviderFacts, ProviderProfile } from "@connectry/core";
import type { DocumentOperation, DocumentParameter } from "../document/operation.js";
import { fixedQuery } from "../document/twins.js";
import { checkBody } from "../request/check-body.js";
import { checkParameters } from "../request/check-parameters.js";
import { checkQuery, queryStyle } from "../request/check-query.js";
import type { TextStyle } from "../request/coerce.js";
import type { Pairs } from "../request/parse-form.js";
import type { Problem } from "../request/problem.js";
import type { RecordedRequest } from "../server/recorded-request.js";

/** A request as the document understands it, and what is wrong with it. */
export interface CheckedRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly problems: readonly Problem[];
}

const textStyles: Partial<Record<BodyForm, TextStyle>> = {
  "form-brackets": "brackets",
  "form-repeat": "repeat",
  "form-json": "json",
};

/** Checks requests against the document, in the provider's styles. */
export function createRequestCheck(
  profile: ProviderProfile,
  facts: ProviderFacts | undefined,
  exemptQuery: (operation: DocumentOperation) => readonly string[],
): (
  operation: DocumentOperation,
  path: Readonly<Record<string, string>>,
  request: RecordedRequest,
  pairs: Pairs,
) => Promise<CheckedRequest> {
  const { auth, headers = {}, idempotency, versionHeader } = profile;
  const exemptHeaders = new Set(
    [...Object.keys(headers), versionHeader, idempotency?.header, auth.kind === "header" ? auth.name : undefined]
      .filter((name) => name !== undefined)
      .map((name) => name.toLowerCase()),
  );
  const authQuery = auth.kind === "query" ? [auth.name] : [];

  return async (operation, path, request, pairs) => {
    const known =
      facts !== undefined && Object.hasOwn(facts.operations, operation.id) ? facts.operations[operation.id] : undefined;
    const styleOf = (parameter: DocumentParameter) =>
      queryStyle(parameter, known?.query?.[parameter.name], profile.query);
    const fixed = fixedQuery(operation.path);
    const own = pairs.filter(([name, value]) => !fixed.some(([other, text]) => other === name && text === value));
    const query = checkQuery(operation, own, styleOf, new Set([...authQuery, ...exemptQuery(operation)]));
    // Fields beside a multipart file are written in the provider's own style.
    const style = textStyles[known?.body ?? profile.body] ?? textStyles[profile.body] ?? "repeat";
    const body = await checkBody(operation, request.bytes, request.headers["content-type"], style);
    return {
      query: query.values,
      body: body.value,
      problems: [
        ...checkParameters(operation, path, request.headers, exemptHeaders),
        ...query.problems,
        ...body.problems,
      ],
    };
  };
}
