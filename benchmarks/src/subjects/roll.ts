import { isBuilt } from "../installed/tarballs.ts";
import { official, openapiFetch, openapiFetchOf, ours, plainSubjects, providers } from "../subjects.ts";
import type { Subject } from "./subject.ts";

/** A subject as a table lists it, with the group in which it is compared. */
export interface Entry {
  readonly subject: Subject;
  /** The provider, or `any` for clients that know none. */
  readonly group: string;
  /** `ours by undici` is our connector with another transport, where calls are measured; `ours observed` one with observers. */
  readonly role: "ours" | "ours by undici" | "ours observed" | "official" | "openapi-fetch" | "plain";
  /** Whether it is not built, so that there is nothing to measure. */
  readonly absent: boolean;
}

/** Every provider's subjects, ours first in each group, then the clients that know no provider. */
export function roll(options: { readonly openapiFetch: "per document" | "once" }): Entry[] {
  const known = providers.flatMap((provider): Entry[] => {
    const absent = !isBuilt(provider.id);
    const group = provider.id;
    return [
      { subject: ours(provider), group, role: "ours", absent },
      { subject: official(provider), group, role: "official", absent: false },
      ...(options.openapiFetch === "per document"
        ? [{ subject: openapiFetchOf(provider), group, role: "openapi-fetch", absent } as const]
        : []),
    ];
  });
  const others = options.openapiFetch === "once" ? [...plainSubjects, openapiFetch] : plainSubjects;
  return [...known, ...others.map((subject) => ({ subject, group: "any", role: "plain", absent: false }) as const)];
}
