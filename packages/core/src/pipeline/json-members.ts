import { parseJson } from "../platform/parse-json.js";
import type { Call, ReplayableBody } from "./call.js";

/** The JSON object that a call sends. */
export interface JsonObjectBody {
  readonly body: ReplayableBody;
  readonly json: Readonly<Record<string, unknown>>;
  /** What follows its first brace. */
  readonly text: string;
}

/** Reads the JSON object that a call sends; undefined where its body has another form. */
export function readJsonObject({ body, headers }: Pick<Call, "body" | "headers">): JsonObjectBody | undefined {
  if (body?.kind !== "replayable") return undefined;
  if (!/[/+]json\b/i.test(headers["content-type"] ?? body.contentType ?? "")) return undefined;
  const text = typeof body.data === "string" ? body.data : new TextDecoder().decode(body.data);
  try {
    const json = parseJson(text) as Readonly<Record<string, unknown>> | null;
    if (typeof json === "object" && json && !Array.isArray(json))
      return { body, json, text: text.trimStart().slice(1) };
  } catch {
    // The provider rejects it.
  }
  return undefined;
}

/**
 * The call with further members of its object, but for those that it has. They are written before what the caller wrote, whose text stays
 * as it is, digits of integers included.
 */
export function withMembers(call: Call, { body, json, text }: JsonObjectBody, members: object): Call {
  const added = Object.entries(members).filter(([name]) => !Object.hasOwn(json, name));
  const before = JSON.stringify(Object.fromEntries(added)).slice(0, -1);
  // The text of an object that is not empty begins with a member.
  const data = `${before}${added.length > 0 && Object.keys(json).length > 0 ? "," : ""}${text}`;
  return { ...call, body: { ...body, data } };
}
