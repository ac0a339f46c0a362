import { isObject } from "./merge-update.js";

type Json = Record<string, unknown>;

/**
 * Makes the GET of a path a POST, with its query parameters as the members of a form, for a document that calls a write a GET.
 * Returns false if the path has no GET, or a POST already, and is then unchanged.
 */
export function moveToPost(path: Json): boolean {
  const { get, post } = path;
  if (!isObject(get) || post !== undefined) return false;
  const parameters = (Array.isArray(get.parameters) ? get.parameters : []).filter(isObject);
  const inQuery = parameters.filter((parameter) => parameter.in === "query");
  const { get: _, ...rest } = path;
  for (const key of Object.keys(path)) delete path[key];
  Object.assign(path, rest, { post: { ...get, parameters: parameters.filter((one) => one.in !== "query") } });
  if (inQuery.length === 0) return true;
  const required = inQuery.filter((parameter) => parameter.required === true).map(({ name }) => name);
  const properties = Object.fromEntries(
    inQuery.map(({ name, description, schema }) => [
      name,
      { ...(isObject(schema) && schema), ...(description !== undefined && { description }) },
    ]),
  );
  const schema = { type: "object", properties, ...(required.length > 0 && { required }) };
  (path.post as Json).requestBody = {
    content: { "application/x-www-form-urlencoded": { schema } },
    ...(required.length > 0 && { required: true }),
  };
  return true;
}
