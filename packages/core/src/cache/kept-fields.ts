/** Headers that callers share, so that none can change them: like those of `fetch`, they throw a TypeError. */
class SharedHeaders extends Headers {
  override append(): void {
    throw new TypeError("These headers are shared, and cannot be changed: copy them first.");
  }
  override set(): void {
    this.append();
  }
  override delete(): void {
    this.append();
  }
}

// Of this connection, not of the answer (RFC 9111, 3.1), or of one caller alone.
const unkept = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-connection",
  "set-cookie",
  "set-cookie2",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

const lines = /^(?:[!#$%&'*+.^`|~\w-]+: [^\0\r\n\u0100-\uffff]*\n)*$/;

/** The header fields of an answer, as one text: names in lower case, a line for each (`etag: "1"`). */
export class KeptFields {
  readonly text: string;
  #headers: Headers | undefined;

  private constructor(text: string) {
    this.text = text;
  }

  /** Of headers, those that may be kept. */
  static of(headers: Iterable<readonly [name: string, value: string]>): KeptFields {
    let text = "";
    for (const [name, value] of headers) if (!unkept.includes(name)) text += `${name}: ${value}\n`;
    return new KeptFields(text);
  }

  /** Of what others say is such a text; undefined where headers cannot be made of it. */
  static read(text: string): KeptFields | undefined {
    return lines.test(text) ? new KeptFields(text) : undefined;
  }

  /** For everyone to read and no one to change: made once, and only where they are read. */
  get headers(): Headers {
    this.#headers ??= new SharedHeaders(
      this.text
        .split("\n")
        .slice(0, -1)
        .map((line): [string, string] => {
          const at = line.indexOf(": ");
          return [line.slice(0, at), line.slice(at + 2)];
        }),
    );
    return this.#headers;
  }
}
