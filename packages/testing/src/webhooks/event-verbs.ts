import { isObject } from "../json/json-object.js";
import type { ObjectChange } from "./object-change.js";

const irregular: Readonly<Record<string, readonly string[]>> = {
  pay: ["paid"],
  send: ["sent"],
  open: ["reopened", "opened"],
};

/** The words in which a provider may say that something was done: `canceled` and `cancelled` for `cancel`. */
function participles(verb: string): readonly string[] {
  const own = Object.hasOwn(irregular, verb) ? irregular[verb] : undefined;
  return own ?? [`${verb}ed`, `${verb}d`, `${verb}${verb.at(-1)}ed`, `${verb.replace(/y$/, "i")}ed`];
}

/** The new state of an object, where an update changed it: `closed` for `{ state: "closed" }`. */
function newStates({ body, before }: ObjectChange): readonly string[] {
  if (!isObject(body)) return [];
  return ["state", "status"].flatMap((name) => {
    const value = body[name];
    if (typeof value !== "string" || (isObject(before) && before[name] === value)) return [];
    return [value, ...participles(value)];
  });
}

/** The words that an event of a change may end with, the most specific first. */
export function eventVerbs(change: ObjectChange): readonly string[] {
  switch (change.kind) {
    case "created":
      return ["created", "opened", "published", "added", "submitted"];
    case "deleted":
      return ["deleted", "removed"];
    case "updated": {
      const action = change.action === undefined ? [] : participles(change.action.toLowerCase());
      return [...action, ...newStates(change), "updated", "edited", "changed"];
    }
  }
}
