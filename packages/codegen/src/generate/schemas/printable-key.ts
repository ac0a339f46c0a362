// openapi-typescript keeps the path of each node as a JSON Pointer, and percent-decodes it again at every step: a `%`
// in a key ("vat%") throws "URI malformed", and a `#/` gives a wrong path. So both are replaced by Unicode
// noncharacters, which no document contains, and put back in the printed types.
const PLACEHOLDERS = [
  ["%", "\uFDD0", "FDD0"],
  ["#", "\uFDD1", "FDD1"],
] as const;

/** Replaces the characters of a document's key that openapi-typescript cannot handle. */
export function toPrintableKey(key: string): string {
  return PLACEHOLDERS.reduce(
    (text, [plain, placeholder]) => (text.includes(plain) ? text.replaceAll(plain, placeholder) : text),
    key,
  );
}

/** Puts the replaced characters back into printed TypeScript, in which they occur raw or as an escape. */
export function fromPrintableKeys(printed: string): string {
  return PLACEHOLDERS.reduce((text, [plain, placeholder, code]) => {
    const escaped = new RegExp(`(?<!\\\\)((?:\\\\\\\\)*)\\\\u${code}`, "gi");
    return text.replaceAll(placeholder, plain).replace(escaped, (_match, before: string) => before + plain);
  }, printed);
}
