import type { ProviderProfile } from "@connectry/core";
import { setAtPath } from "../json/json-path.js";

/**
 * A body of a success with what the profile's rules expect of each (`isNot`), such as Slack's `ok: true`, changed in place. A
 * document may describe a body that cannot have it: then there is nothing else in it.
 */
export function markSuccess({ retry }: ProviderProfile, body: unknown): unknown {
  let marked = body;
  for (const { when } of retry?.rules ?? []) {
    if (when.body && "isNot" in when.body) marked = setAtPath(marked, when.body.at, when.body.isNot);
  }
  return marked;
}
