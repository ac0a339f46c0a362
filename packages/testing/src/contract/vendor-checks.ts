import type { ProviderProfile } from "@connectry/core";
import { meetsCondition } from "@connectry/core/internal";
import { responseChecks } from "../responses/response-checks.js";
import {
  isConfirmed,
  type VendorError,
  type VendorPages,
  type VendorResponses,
} from "../responses/vendor-responses.js";
import type { ContractCheck, Evidence, FakeCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import type { ConnectorContractOptions } from "./contract-options.js";
import { describeStyle } from "./pagination-checks.js";

const inWords: Readonly<Record<Evidence, string>> = {
  fake: "the fake alone",
  vendor: "responses of the vendor",
  both: "the fake, and a response of the vendor",
};

/** A response as retry rules read it. */
function toReply({ call, response: { status, headers, body } }: VendorError, { baseUrl }: ProviderProfile) {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  return {
    status,
    headers: new Headers({ "content-type": "application/json", ...headers }),
    body: text ? new TextEncoder().encode(text) : undefined,
    url: baseUrl + call.operation.slice(call.operation.indexOf("/")),
    attempts: [],
    cache: undefined,
  };
}

/** What responses of the vendor show, in the words of `confirmedBy`. */
function shownBy(
  { errors, lists }: VendorResponses,
  { profile, operations, shapes }: ContractContext,
): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const [status, error] of Object.entries(errors)) {
    if (!isConfirmed<VendorError>(error)) continue;
    shown.add(status).add(String(error.response.status));
    const reply = toReply(error, profile);
    const rule = profile.retry?.rules?.findIndex(({ when }) => meetsCondition(when, reply)) ?? -1;
    shown.add(`rule ${rule + 1}`);
    if (error.response.headers?.["retry-after"] !== undefined) shown.add("retry-after");
    if (error.expect.code !== null) shown.add("code");
    if (error.expect.requestId !== null) shown.add("request-id");
  }
  for (const list of lists.filter((one) => isConfirmed<VendorPages>(one))) {
    const operation = operations.find(({ id }) => id === list.call.operation);
    const shape = operation && shapes.page(operation);
    if (shape) shown.add(describeStyle(shape.pagination));
  }
  return shown;
}

/** The contract: checks against the fake, and those with responses of the vendor where there are some. Each says which it is. */
export function withVendorChecks(
  checks: readonly FakeCheck[],
  context: ContractContext,
  { create, responses, webhooks }: ConnectorContractOptions,
): readonly ContractCheck[] {
  if (responses === undefined) return checks.map(({ name, run }) => ({ name, run, evidence: "fake" }));
  const shown = shownBy(responses, context);
  const evidenceOf = ({ confirmedBy = [] }: FakeCheck): Evidence =>
    confirmedBy.length > 0 && confirmedBy.every((one) => shown.has(one)) ? "both" : "fake";
  const checked = [
    ...checks.map((check) => ({ ...check, evidence: evidenceOf(check) })),
    ...responseChecks(context.profile, { create, responses, webhooks }).map((check) => ({
      ...check,
      evidence: "vendor" as const,
    })),
  ];
  return checked.map(({ name, run, evidence }) => ({ name: `${name} (${inWords[evidence]})`, run, evidence }));
}
