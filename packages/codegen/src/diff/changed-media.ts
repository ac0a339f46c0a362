import { essenceOf, type Media } from "../generate/operations/media-type.js";
import type { Versions } from "./changes/versions.js";

/** The media types that only one of two versions of a body has, without their parameters. */
export function changedMedia({ old, new: current }: Versions<readonly Media[]>): {
  readonly removed: readonly string[];
  readonly added: readonly string[];
} {
  const keysOf = (media: readonly Media[]) => [...new Set(media.map(({ key }) => essenceOf(key)))];
  const [before, after] = [keysOf(old), keysOf(current)];
  return {
    removed: before.filter((key) => !after.includes(key)),
    added: after.filter((key) => !before.includes(key)),
  };
}
