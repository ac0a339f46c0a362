import type { Call } from "../pipeline/call.js";

/** The values of path parameters in the address of a call; that of a parameter which the operation does not have is empty. */
export function pathParameters({ url, operation: { baseUrl, path } }: Call, names: readonly string[]): string {
  const template = path.split("/");
  const values = url.slice(baseUrl.length).split(/[/?#]/);
  return names.map((name) => values[template.findIndex((segment) => segment.includes(`{${name}}`))] ?? "").join("/");
}
