/** Headers that callers share, so that none may change them: changing them throws a TypeError, as with those of `fetch`. */
class SharedHeaders extends Headers {
  override append(): void {
    throw new TypeError("These headers are shared and cannot be changed: copy them first.");
  }
  override set(): void {
    this.append();
  }
  override delete(): void {
    this.append();
  }
}

// Headers of the connection rather than of the response (RFC 9111, section 3.1), or of one caller only.
const notStored = [
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

const headerLines = /^(?:[!#$%&'*+.^`|~\w-]+: [^\0\r\n\u0100-\uffff]*\n)*$/;

/** The headers of a response as one text: a line for each, names in lower case (`etag: "1"`). */
export class CachedHeaders {
  readonly text: string;
  #headers: Headers | undefined;

  private constructor(text: string) {
    this.text = text;
  }

  /** Takes the headers that may be stored. */
  static of(headers: Iterable<readonly [name: string, value: string]>): CachedHeaders {
    let text = "";
    for (const [name, value] of headers) if (!notStored.includes(name)) text += `${name}: ${value}\n`;
    return new CachedHeaders(text);
  }

  /** Reads such a text from a store; undefined where it is not one. */
  static read(text: string): CachedHeaders | undefined {
    return headerLines.test(text) ? new CachedHeaders(text) : undefined;
  }

  /** The headers, shared by all callers and read-only. They are created when they are first read. */
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
