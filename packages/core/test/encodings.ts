import fc from "fast-check";

type Encode = (text: string) => string;

const codes = (text: string) => [...text].map((character) => character.charCodeAt(0));
const hex = (code: number, digits: number) => code.toString(16).padStart(digits, "0");
const eachSign = (write: (code: number) => string) => (text: string) =>
  text.replace(/[^a-z\d]/gi, (sign) => codes(sign).map(write).join(""));
const eachByte = (write: (byte: number) => string) => (text: string) =>
  [...new TextEncoder().encode(text)].map(write).join("");
const entities: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

/** How programs write a text into another one. */
export const encodings: Readonly<Record<string, Encode>> = {
  "JSON (RFC 8259, section 7)": (text) => JSON.stringify(text).slice(1, -1),
  "JSON with escaped slashes, as PHP writes it": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "JSON with escaped signs, as .NET writes it": eachSign((code) => `\\u${hex(code, 4).toUpperCase()}`),
  "JSON with escaped signs in lower case, as Go writes it": eachSign((code) => `\\u${hex(code, 4)}`),
  JavaScript: eachSign((code) => (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`)),
  "percent-encoding (RFC 3986, section 2.1)": encodeURIComponent,
  "percent-encoding in lower case": (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  "percent-encoding of every byte": eachByte((byte) => `%${hex(byte, 2).toUpperCase()}`),
  "a form (URL Standard, section 5.2)": (text) => new URLSearchParams({ a: text }).toString().slice(2),
  "HTML with named entities": (text) => text.replace(/[&<>"']/g, (sign) => `&${entities[sign]};`),
  "HTML with decimal entities": eachSign((code) => `&#${code};`),
  "HTML with hexadecimal entities": eachSign((code) => `&#x${hex(code, 2).toUpperCase()};`),
  hexadecimal: eachByte((byte) => hex(byte, 2)),
  "upper case": (text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  "lower case": (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
};

const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

/** A secret that a header can carry: at least eight characters, of which enough are letters or digits to recognize it by. */
const middle = fc
  .string({
    unit: fc.oneof(
      { weight: 12, arbitrary: letter },
      { weight: 4, arbitrary: fc.constantFrom(...`+/=_-.~:;,!?@#$%^&*()[]{}<>|"'\`\\`) },
      { weight: 1, arbitrary: fc.constantFrom(..."éüñ§¡") },
    ),
    minLength: 8,
    maxLength: 60,
  })
  .filter((text) => text.replace(/[^a-z\d]/gi, "").length >= 6);
export const anySecret = fc.tuple(letter, middle, letter).map((parts) => parts.join(""));

/** Up to four encodings, each of the result of the one before. */
export const anyEncodings = fc.array(fc.constantFrom(...Object.keys(encodings)), { maxLength: 4 }).map((names) => ({
  names,
  encode: (text: string) => names.reduce((encoded, name) => (encodings[name] as Encode)(encoded), text),
}));
