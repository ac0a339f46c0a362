import type { ProviderFacts, ProviderProfile, Safety } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";

/** Whether it is safe to send an operation twice, by profile and facts. */
export function safetyOf({ id, method }: DocumentOperation, profile: ProviderProfile, facts: ProviderFacts): Safety {
  const fact = Object.hasOwn(facts.operations, id) ? facts.operations[id]?.safety : undefined;
  if (fact !== undefined) return fact;
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return "safe";
  if (profile.idempotency?.methods.includes(method)) return "idempotent-with-key";
  return method === "PUT" || method === "DELETE" ? "idempotent" : "unsafe";
}
