import type { ReadQuotaName, ReadQuotaParameters } from "../pipeline/strategies.js";
import { pathParameters } from "./path-parameters.js";

/** Reads the header in which the provider names the quota; undefined where it says that a limit of all operations was reached. */
export const quotaName: ReadQuotaName = (headers, facts) =>
  (facts && headers.get(facts.global ?? "date") !== "true" && facts.header && headers.get(facts.header)) || undefined;

/** Reads the path parameters whose values have quotas of their own. */
export const quotaParameters: ReadQuotaParameters = (call, facts) => pathParameters(call, facts?.parameters ?? []);
