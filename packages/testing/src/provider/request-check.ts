import type { BodyForm, ProviderFacts, ProviderProfile } from "@connectry/core";
import { credentialNames } from "@connectry/core/internal";
import type { DocumentOperation, DocumentParameter } from "../document/operation.js";
import { fixedQuery } from "../document/overloads.js";
import type { FormStyle, Pairs } from "../http/parse-form.js";
import type { RecordedRequest } from "../http/recorded-request.js";
import { checkBody } from "../request/check-body.js";
import { checkParameters } from "../request/check-parameters.js";
import { checkQuery, queryStyle } from "../request/check-query.js";
import type { Problem } from "../request/problem.js";

/** A request in the types of the document, and what is wrong with it. */
export interface CheckedRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly problems: readonly Problem[];
}

/** A request, and the operation that it is for. */
export interface UncheckedRequest {
  readonly operation: DocumentOperation;
  /** The path parameters as sent, still encoded. */
  readonly sent: Readonly<Record<string, string>>;
  readonly request: RecordedRequest;
  readonly query: Pairs;
}

const formStyles: Partial<Record<BodyForm, FormStyle>> = {
  "form-brackets": "brackets",
  "form-repeat": "repeat",
  "form-json": "json",
};

/** Creates a check of requests against the document, in the encodings of the profile and the facts. */
export function createRequestCheck(
  profile: ProviderProfile,
  facts: ProviderFacts | undefined,
  exemptQuery: (operation: DocumentOperation) => readonly string[],
): (request: UncheckedRequest) => Promise<CheckedRequest> {
  const { auth, headers = {}, idempotency, versionHeader } = profile;
  const exemptHeaders = new Set(
    [...Object.keys(headers), versionHeader, idempotency?.header, ...credentialNames(auth, "header")]
      .filter((name) => name !== undefined)
      .map((name) => name.toLowerCase()),
  );
  const authQuery = credentialNames(auth, "query");

  return async ({ operation, sent, request, query }) => {
    const fact =
      facts !== undefined && Object.hasOwn(facts.operations, operation.id) ? facts.operations[operation.id] : undefined;
    const styleOf = (parameter: DocumentParameter) =>
      queryStyle(parameter, fact?.query?.[parameter.name], profile.query);
    const fixed = fixedQuery(operation.path);
    const variable = query.filter(([name, value]) => !fixed.some(([other, text]) => other === name && text === value));
    const exempt = new Set([...authQuery, ...exemptQuery(operation)]);
    const checkedQuery = checkQuery(operation, variable, { styleOf, exempt });
    // The fields next to a multipart file are encoded in the style of the provider's forms.
    const style = formStyles[fact?.body ?? profile.body] ?? formStyles[profile.body] ?? "repeat";
    const { bytes, headers: sentHeaders } = request;
    const body = await checkBody(operation, { bytes, contentType: sentHeaders["content-type"], style });
    return {
      query: checkedQuery.values,
      body: body.value,
      problems: [
        ...checkParameters(operation, { path: sent, headers: sentHeaders }, exemptHeaders),
        ...checkedQuery.problems,
        ...body.problems,
      ],
    };
  };
}
