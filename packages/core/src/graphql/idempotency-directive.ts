import { randomUuid } from "../platform/random.js";
import type { GraphqlFacts } from "../provider/profile.js";

/** A mutation that may have the directive. */
interface MutationText {
  readonly text: string;
  readonly variables: object | undefined;
  /** The caller's key. @default a fresh UUID */
  readonly key: string | undefined;
}

/** A mutation that the provider deduplicates. */
export interface KeyedMutation {
  readonly key: string;
  readonly variables: object;
}

/**
 * Fills in the variable that a mutation passes to the provider's directive, such as `@idempotent(key: $key)`: the caller's own value
 * of it, the option `idempotencyKey`, or a fresh UUID. Undefined where the document does not have the directive with a variable.
 */
export function addIdempotencyKey(
  facts: GraphqlFacts["idempotency"],
  { text, variables, key: given }: MutationText,
): KeyedMutation | undefined {
  if (!facts) return undefined;
  const { directive, argument } = facts;
  const name = new RegExp(`@${directive}\\s*\\(\\s*${argument}\\s*:\\s*\\$(\\w+)`).exec(text)?.[1];
  if (name === undefined) return undefined;
  const own = (variables as Readonly<Record<string, unknown>> | undefined)?.[name];
  const key = typeof own === "string" ? own : (given ?? randomUuid());
  return { key, variables: { ...variables, [name]: key } };
}
