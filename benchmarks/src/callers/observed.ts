import { type Entry, roll } from "../subjects/roll.ts";
import type { Caller } from "./caller.ts";
import { connectry, type MoreOptions } from "./connectry.ts";

type Create = (options?: object) => unknown;

/** What observes the calls of each client. The first is measured twice, which shows how much of a difference is noise. */
const observers: Readonly<Record<string, MoreOptions | undefined>> = {
  "no observer": undefined,
  "no observer, a second process": undefined,
  "createObserver({ onCall })": async (importOurs) => {
    const { createObserver } = await importOurs("@connectry/core/observe");
    return { observe: (createObserver as Create)({ onCall() {} }) };
  },
  "telemetry()": async (importOurs) => {
    const { telemetry } = await importOurs("@connectry/core/telemetry");
    return { observe: (telemetry as Create)() };
  },
};

/** One connector, with and without observers. */
export function observedEntries(): Entry[] {
  const [ours] = roll({ openapiFetch: "once" });
  if (ours === undefined) throw new Error("There is no connector.");
  return Object.keys(observers).map((name) => ({
    ...ours,
    subject: { ...ours.subject, name: `${ours.subject.name}, ${name}` },
    role: "ours observed",
  }));
}

/** The client of an entry of `observedEntries`. */
export function observedCaller({ group, subject }: Entry): Caller {
  const [, more] = Object.entries(observers).find(([name]) => subject.name.endsWith(`, ${name}`)) ?? [];
  return connectry(group, "undici", more);
}
