import type { JsonPath, ProviderProfile } from "@connectry/core";

/** A value that a body has at a path. */
export interface BodyMember {
  readonly at: JsonPath;
  readonly value: unknown;
}

/** The members that mark an error in a response with a 200, such as `ok: false`, from the retry rules of the profile. */
export function errorMarkers({ errors, retry }: ProviderProfile): BodyMember[] {
  if (errors.statuses === undefined) return [];
  return (retry?.rules ?? []).flatMap(({ when: { body }, verdict }) => {
    const isMarker =
      verdict === "failed" && body !== undefined && "equals" in body && body.at.join() !== errors.code?.join();
    return isMarker ? [{ at: body.at, value: body.equals }] : [];
  });
}
