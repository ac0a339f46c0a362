import type { Call, Operation } from "../pipeline/call.js";

/** A path template, as an expression with one group for each of its parameters. */
interface PathPattern {
  readonly names: readonly string[];
  readonly expression: RegExp;
}

const patterns = new WeakMap<Operation, PathPattern>();

function toPattern({ path, multiSegment }: Operation): PathPattern {
  // Texts and names in turn.
  const parts = path.replace(/[?#].*/, "").split(/\{([^}]*)\}/);
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    return multiSegment.includes(part) ? "(.+)" : "([^/]+)";
  });
  return { names: parts.filter((_, index) => index % 2 === 1), expression: new RegExp(`^${source.join("")}$`) };
}

/** The values of path parameters in the address of a call; that of a parameter which the operation does not have is empty. */
export function pathParameters({ url, operation }: Call, names: readonly string[]): string {
  const pattern = patterns.get(operation) ?? toPattern(operation);
  patterns.set(operation, pattern);
  const path = url.slice(operation.baseUrl.length).replace(/[?#].*/, "");
  const values = pattern.expression.exec(path);
  const find = (name: string) => {
    const index = pattern.names.indexOf(name);
    return (index >= 0 && values?.[index + 1]) || "";
  };
  return names.map(find).join("/");
}
