import { expect, test } from "vitest";
import { bestRatio } from "../../test/best-of.js";
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

test.each(units)("R46: redaction of 1 MiB of %j takes at most 4 times as long as that of its eighths", (unit) => {
  const [eighth, whole] = [2 ** 17, 2 ** 20].map((size) => `%${unit.repeat(size / unit.length)}`) as [string, string];
  const redactEighths = () => {
    for (let part = 0; part < 8; part += 1) redact(eighth);
  };
  // Work that grows with the square would take 8 times as long.
  expect(bestRatio(() => redact(whole), redactEighths)).toBeLessThan(4);
});
