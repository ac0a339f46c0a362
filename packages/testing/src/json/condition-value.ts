import type { RetryRule } from "@connectry/core";

type BodyCondition = NonNullable<RetryRule["when"]["body"]>;

/** A value that meets the condition of a rule. */
export function conditionValue(condition: BodyCondition): unknown {
  if ("equals" in condition) return condition.equals;
  if ("oneOf" in condition) return condition.oneOf[0];
  return "contains" in condition ? condition.contains : `not ${condition.isNot}`;
}

/** The condition in words, after the path of its value. */
export function conditionText(condition: BodyCondition): string {
  if ("equals" in condition) return `is ${condition.equals}`;
  if ("oneOf" in condition) return `is ${condition.oneOf.join(" or ")}`;
  return "contains" in condition ? `contains "${condition.contains}"` : `is not ${condition.isNot}`;
}
