/** Texts of the forms that patterns usually want, for those that no generator follows: lookaheads, `\p{L}`. */
function candidates(number: number): readonly string[] {
  return [
    `text-${number}`,
    `text${number}`,
    `Text${number}`,
    `TEXT${number}`,
    "text",
    "TEXT",
    String(number),
    `Secret-${number}-aA1!`,
  ];
}

/** Whether a text follows a pattern (ECMA-262, as JSON Schema has it); true where the pattern is none that can be read. */
function follows(text: string, pattern: string): boolean {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags).test(text);
    } catch {
      // Patterns are written for many engines; without `u` more of them can be read.
    }
  }
  return true;
}

/** The text itself where it follows the pattern, else a plain one that does; the text, too, where none is known. */
export function matchPattern(
  text: string,
  pattern: string,
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: { readonly minLength?: number; readonly maxLength?: number },
  number: number,
): string {
  if (follows(text, pattern)) return text;
  const sized = candidates(number).map((one) => one.padEnd(minLength, "x").slice(0, maxLength));
  return sized.find((one) => follows(one, pattern)) ?? text;
}
