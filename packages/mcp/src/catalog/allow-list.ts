import { ConfigurationError } from "@connectry/core";

/** What a pattern is compared with. */
interface Named {
  readonly method: string;
  readonly path: string;
}

const pattern = /^(\*|[A-Za-z]+) +(\*|\/\S*)$/;

/** A pattern of the option `allow`, as a function. Throws ConfigurationError for one that is not a method and a path. */
function parsePattern(text: string): (operation: Named) => boolean {
  const [, method = "", path = ""] = pattern.exec(text.trim()) ?? [];
  if (method === "")
    throw new ConfigurationError(
      `allow: "${text}" must be a method and a path, such as "GET *" or "POST /v1/refunds".`,
    );
  const parts = path.split("*");
  const [first = "", ...others] = parts;
  const last = others.pop();
  return (operation) => {
    if (method !== "*" && method.toUpperCase() !== operation.method) return false;
    if (last === undefined) return operation.path === first;
    if (!operation.path.startsWith(first) || !operation.path.endsWith(last)) return false;
    // Each literal part after the one before it, and none within the last.
    let at = first.length;
    for (const part of others) {
      const found = operation.path.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= operation.path.length - last.length;
  };
}

/**
 * Which operations may be called: those that a pattern matches, without patterns those that are safe. Throws ConfigurationError for a
 * pattern that none matches, because a typing error would otherwise be found by an agent.
 */
export function allowedOperations<O extends Named & { readonly safety: string }>(
  operations: readonly O[],
  patterns: readonly string[] | undefined,
): ReadonlySet<O> {
  if (patterns === undefined) return new Set(operations.filter(({ safety }) => safety === "safe"));
  const allowed = new Set<O>();
  for (const text of patterns) {
    const matches = operations.filter(parsePattern(text));
    if (matches.length === 0) throw new ConfigurationError(`allow: no operation matches "${text}".`);
    for (const operation of matches) allowed.add(operation);
  }
  return allowed;
}
