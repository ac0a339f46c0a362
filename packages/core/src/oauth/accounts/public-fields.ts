import type { ResponseFields } from "../server/read-response.js";

/** The fields of a token response that are not secrets: what it says of the account, such as its name. */
export function publicFields(fields: ResponseFields): ResponseFields {
  const entries = Object.entries(fields).filter(([name]) => !/token$|secret/i.test(name));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
      return [name, isObject ? publicFields(value as ResponseFields) : value];
    }),
  );
}
