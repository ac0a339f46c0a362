/** Repeats a text up to a number of bytes. The result is one flat string, as a request has it. */
function repeat(text: string, bytes: number): string {
  return Buffer.from(text.repeat(Math.floor(bytes / text.length))).toString();
}

/** Bodies that cost much to parse, by what they contain, of a number of bytes. */
export const unverifiedBodies: Readonly<Record<string, (bytes: number) => string>> = {
  "one long token": (bytes) => repeat("a", bytes),
  "one long text": (bytes) => `"${repeat("a", bytes - 2)}"`,
  "short fields": (bytes) => repeat("a&", bytes),
  "short fields of different names": (bytes) =>
    Buffer.from(Array.from({ length: bytes / 8 }, (_, index) => `${index.toString(36).padStart(6, "a")}=`).join("&"))
      .toString()
      .slice(0, bytes),
  "plus signs": (bytes) => repeat("+", bytes),
  "percent signs": (bytes) => repeat("%", bytes),
  "escapes that are not UTF-8": (bytes) => repeat("%C3%28", bytes),
  "fields whose escapes are not UTF-8": (bytes) => repeat("%C3%28&", bytes),
  "few fields whose escapes are not UTF-8": (bytes) => repeat(`${"%C3%28".repeat(400)}&`, bytes),
  "deep arrays": (bytes) => repeat("[", bytes),
  "deep objects": (bytes) => repeat('{"a":', bytes),
  "small values": (bytes) => `[${repeat("0,", bytes - 3)}0]`,
  "escapes of JSON": (bytes) => `"${repeat("\\u0041", bytes - 2)}"`,
  "one long number": (bytes) => repeat("1", bytes),
};
