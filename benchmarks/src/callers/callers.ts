import { type Entry, roll } from "../subjects/roll.ts";
import type { Caller } from "./caller.ts";
import { connectry } from "./connectry.ts";
import { observedCaller } from "./observed.ts";
import { officialCallers } from "./official.ts";
import { plainCallers } from "./plain.ts";

/** The entry of bare `fetch`, which belongs to no package. */
export const bareEntry: Entry = {
  subject: { name: "bare fetch", from: "registry", packages: [], setup: "", calls: ["", ""], read: "" },
  group: "any",
  role: "plain",
  absent: false,
};

const undiciRequest: Entry = { ...bareEntry, subject: { ...bareEntry.subject, name: "undici request" } };

/** Our connectors are listed twice: by default, and with the option `transport: undiciTransport()`. */
function withUndici(entry: Entry): Entry[] {
  if (entry.role !== "ours") return [entry];
  const subject = { ...entry.subject, name: `${entry.subject.name}, undiciTransport()` };
  return [entry, { ...entry, subject, role: "ours by undici" }];
}

/** All clients that make calls, bare `fetch` first. */
export function callingEntries(): Entry[] {
  return [bareEntry, undiciRequest, ...roll({ openapiFetch: "once" }).flatMap(withUndici)];
}

/** The client of an entry. */
export function callerOf(entry: Entry): Caller {
  const { role, group, subject } = entry;
  if (role === "ours") return connectry(group, "fetch");
  if (role === "ours observed") return observedCaller(entry);
  if (role === "ours by undici") return connectry(group, "undici");
  const caller = role === "official" ? officialCallers[group] : plainCallers[subject.name];
  if (caller === undefined) throw new Error(`${subject.name} is missing in callers/: add how it makes one call.`);
  return caller;
}
