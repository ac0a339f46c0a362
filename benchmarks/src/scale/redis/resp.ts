/** A reply of Redis as its clients return it: an error is a value, too: it may be one of several replies. */
export type RespValue = string | number | null | Error | readonly RespValue[];

/** The bytes of a command as a client sends it: an array of bulk strings. */
export function commandBytes(command: readonly string[]): number {
  let bytes = `*${command.length}\r\n`.length;
  for (const part of command) {
    const length = Buffer.byteLength(part);
    bytes += `$${length}\r\n`.length + length + 2;
  }
  return bytes;
}

/** Reads one reply in RESP2. Throws where the text is something else. */
export function parseReply(text: string): RespValue {
  let at = 0;
  const line = () => {
    const end = text.indexOf("\r\n", at);
    if (end < 0) throw new Error(`not a reply of Redis: ${text.slice(0, 80)}`);
    const content = text.slice(at, end);
    at = end + 2;
    return content;
  };
  const value = (): RespValue => {
    const head = line();
    const rest = head.slice(1);
    switch (head[0]) {
      case "+":
        return rest;
      case "-":
        return new Error(rest);
      case ":":
        return Number(rest);
      case "$": {
        const length = Number(rest);
        if (length < 0) return null;
        const content = text.slice(at, at + length);
        at += length + 2;
        return content;
      }
      case "*":
        return Array.from({ length: Number(rest) }, value);
      default:
        throw new Error(`not a reply of Redis: ${head.slice(0, 80)}`);
    }
  };
  return value();
}
