import type { ReadEvents } from "./event-message.js";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads newline-delimited JSON: each line that is not empty is the data of one event. The last one needs no line feed: it was cut where
 * it is not JSON.
 */
export const readLines: ReadEvents = async function* (body, maxLength, sink) {
  let rest = "";
  for await (const text of body) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.length > maxLength) throw new RangeError("line too long");
      if (line.trim()) yield { type: "message", id: undefined, data: line };
    }
    if (rest.length > maxLength) throw new RangeError("line too long");
  }
  if (rest.trim() && !isJson(rest)) sink.onCut();
  else if (rest.trim()) yield { type: "message", id: undefined, data: rest };
};
