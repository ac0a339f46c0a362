import { parameterProblems } from "../generate/facts/parameter-formats.js";
import type { DraftInput } from "./draft.js";

const SHOWN = 3;

/** A sentence about the parameters of which the document says what no request can carry; none where there are none. */
export function readUnsendable({ operations }: DraftInput): string[] {
  const problems = parameterProblems(operations);
  if (problems.length === 0) return [];
  const more = problems.length > SHOWN ? `; and ${problems.length - SHOWN} more` : "";
  return [`${problems.slice(0, SHOWN).join("; ")}${more}. Correct the document by an overlay.`];
}
