// openapi-typescript keeps the way to each node as a JSON pointer, which it percent-decodes again at every step: a
// `%` in a key ("vat%") ends in "URI malformed", a `#/` in a wrong path. So those two go through it as characters that
// no document holds (Unicode noncharacters), and come back in what it printed.
const STAND_INS = [
  ["%", "\uFDD0", "FDD0"],
  ["#", "\uFDD1", "FDD1"],
] as const;

/** A key of a document in a form that openapi-typescript can carry. */
export function toPrintableKey(key: string): string {
  return STAND_INS.reduce(
    (text, [plain, standIn]) => (text.includes(plain) ? text.replaceAll(plain, standIn) : text),
    key,
  );
}

/** Puts the keys back into printed TypeScript, where they stand raw or as an escape. */
export function fromPrintableKeys(printed: string): string {
  return STAND_INS.reduce((text, [plain, standIn, code]) => {
    const escaped = new RegExp(`(?<!\\\\)((?:\\\\\\\\)*)\\\\u${code}`, "gi");
    return text.replaceAll(standIn, plain).replace(escaped, (_match, before: string) => before + plain);
  }, printed);
}
