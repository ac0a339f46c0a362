import { readPath } from "../platform/json-path.js";
import type { EventFacts } from "../provider/profile.js";
import type { EventMessage } from "./event-message.js";

/** The types of an event: that of its field `event`, and that of its JSON. */
function typesOf({ type, data }: EventMessage<unknown>): readonly unknown[] {
  return [type, readPath(data, ["type"])];
}

const isOneOf = (types: readonly string[], message: EventMessage<unknown>) =>
  typesOf(message).some((type) => types.includes(type as string));

/** Whether no event follows this one. */
export function isLastEvent(message: EventMessage<unknown>, end: EventFacts["end"]): boolean {
  return end?.types !== undefined && isOneOf(end.types, message);
}

/** Whether an event reports that the operation failed. */
export function isErrorEvent(
  message: EventMessage<unknown>,
  { errorTypes = ["error"], error }: EventFacts = {},
): boolean {
  return isOneOf(errorTypes, message) || (error !== undefined && (readPath(message.data, error) ?? null) !== null);
}
