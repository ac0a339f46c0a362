import { type Entry, roll } from "../subjects/roll.ts";
import type { Caller } from "./caller.ts";
import { connectry } from "./connectry.ts";
import { officialCallers } from "./official.ts";
import { plainCallers } from "./plain.ts";

/** The entry of bare `fetch`, which is no package. */
export const bareEntry: Entry = {
  subject: { name: "bare fetch", from: "registry", packages: [], setup: "", calls: ["", ""], read: "" },
  group: "any",
  role: "plain",
  absent: false,
};

/** Everyone who makes calls: bare `fetch` first. */
export function callingEntries(): Entry[] {
  return [bareEntry, ...roll({ openapiFetch: "once" })];
}

/** The client of an entry. */
export function callerOf({ role, group, subject }: Entry): Caller {
  if (role === "ours") return connectry(group);
  const caller = role === "official" ? officialCallers[group] : plainCallers[subject.name];
  if (caller === undefined) throw new Error(`${subject.name} has no line in callers/: write how it makes one call.`);
  return caller;
}
