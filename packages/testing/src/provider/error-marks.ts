import type { Path, ProviderProfile } from "@connectry/core";

/** What marks an answer as an error where its status does not: `ok: false`, by the profile's rules for such answers. */
export function errorMarks({ errors, retry }: ProviderProfile): { readonly at: Path; readonly value: unknown }[] {
  if (errors.statuses === undefined) return [];
  return (retry?.rules ?? []).flatMap(({ when: { body }, verdict }) => {
    const isMark =
      verdict === "failed" && body !== undefined && "equals" in body && body.at.join() !== errors.code?.join();
    return isMark ? [{ at: body.at, value: body.equals }] : [];
  });
}
