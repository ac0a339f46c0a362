// Strings are matched one character at a time, so that an unterminated one fails in linear time.
const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that JSON forbids in a string (RFC 8259, section 7).
  /[ \t\r\n]*(?:(?<punctuation>[[\]{},:])|(?<text>"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/y;

type Expected = "value" | "first value" | "key" | "first key" | "colon" | "end";

/**
 * The offset of the first token that makes a text invalid JSON; the length of the text if it is valid or ends too
 * early. For messages only, because JSON.parse reports a position for some errors and not for others.
 */
export function jsonErrorOffset(text: string): number {
  const open: string[] = [];
  let expected: Expected = "value";
  let offset = 0;
  for (;;) {
    token.lastIndex = offset;
    const match = token.exec(text);
    const next: Expected | undefined = match === null ? undefined : accept(match.groups ?? {}, expected, open);
    if (match === null || next === undefined) return skipSpace(text, offset);
    expected = next;
    offset = token.lastIndex;
  }
}

/**
 * What must follow a token; undefined if the token is not valid here. `open` has the brackets that are not closed yet.
 */
function accept(
  { punctuation, text }: Readonly<Record<string, string | undefined>>,
  expected: Expected,
  open: string[],
): Expected | undefined {
  const isValueExpected = expected === "value" || expected === "first value";
  switch (punctuation) {
    case undefined:
      if (text !== undefined && (expected === "key" || expected === "first key")) return "colon";
      return isValueExpected ? "end" : undefined;
    case "{":
    case "[":
      if (!isValueExpected) return undefined;
      open.push(punctuation);
      return punctuation === "{" ? "first key" : "first value";
    case "}":
    case "]": {
      const isEmpty = expected === (punctuation === "}" ? "first key" : "first value");
      return (expected === "end" || isEmpty) && open.pop() === (punctuation === "}" ? "{" : "[") ? "end" : undefined;
    }
    case ":":
      return expected === "colon" ? "value" : undefined;
    default:
      if (expected !== "end" || open.length === 0) return undefined;
      return open.at(-1) === "{" ? "key" : "value";
  }
}

function skipSpace(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && " \t\r\n".includes(text[at]!)) at += 1;
  return at;
}
