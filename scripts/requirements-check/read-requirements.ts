/** A requirement that REQUIREMENTS.md defines. */
export interface Requirement {
  readonly id: string;
  /** Whether it is marked as not yet tested. */
  readonly isMarked: boolean;
}

/** The requirements of REQUIREMENTS.md: `- **R5** Text`, or `- **R51** *(not yet tested)* Text`. */
export function readRequirements(markdown: string): Requirement[] {
  return [...markdown.matchAll(/^- \*\*(R\d+)\*\*( \*\(not yet tested\)\*)?/gm)].map(([, id = "", mark]) => ({
    id,
    isMarked: mark !== undefined,
  }));
}

/** The requirements that the titles of a test file begin with: `"R5: ..."` or `"R12, R13: ..."`. */
export function readTitles(source: string): string[] {
  return [...source.matchAll(/["'`](R\d+(?:, R\d+)*): /g)].flatMap(([, ids = ""]) => ids.split(", "));
}
