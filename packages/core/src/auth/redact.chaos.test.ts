import { expect, test } from "vitest";
import { bestOfMs } from "../../test/best-of.js";
import { createRedactor } from "./redact.js";

const secret = "sk_canary+4eC39HqL/yjWDarjtT1zdp7dc==";
const redact = createRedactor([secret]);

// Escapes of every kind, alone and in each other, texts that almost contain the secret, and what providers respond with.
const units = [
  ...[
    "\\",
    "%25",
    "%",
    "25",
    "&",
    "&amp;",
    "&#",
    "&#x0",
    "0",
    "\\u005c",
    "\\u0025",
    "&#37;5Cu0026#37;5Cu0026",
    "ab",
    "s",
    " ",
    '"',
  ],
  ...[secret, encodeURIComponent(secret), secret.replace("+", "\\u002B"), secret.slice(0, -4), btoa(secret)],
  JSON.stringify({ error: { message: 'The resource "a/b" was not found', sha: "deadbeefcafe12345678" } }),
  '<p class="x">Not found &amp; gone&nbsp;</p>\n',
];

test.each(units)(
  "R46: redaction of a body of %j only takes linear time: 8 times the bytes at most 30 times as long",
  (unit) => {
    const [short, long] = [2 ** 17, 2 ** 20].map((size) => {
      const text = `%${unit.repeat(size / unit.length)}`;
      return bestOfMs(() => redact(text));
    }) as [number, number];
    console.log(`${JSON.stringify(unit)}: ${long.toFixed(0)} ms for 1 MiB`);
    // Work that grows with the square would take 64 times as long.
    expect(long).toBeLessThan(30 * short + 20);
  },
);
