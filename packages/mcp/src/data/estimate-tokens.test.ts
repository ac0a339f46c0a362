import { createHash } from "node:crypto";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { expect, test } from "vitest";
import { estimateTokens } from "./estimate-tokens.js";

const prose = "Refunds a charge that has previously been created but not yet refunded, to the original card.";
const record = {
  id: "ch_3MmlLrLkdIwHu7ix0snN0B15",
  object: "charge",
  amount: 1099,
  created: 1679090539,
  paid: true,
  receipt_url:
    "https://pay.stripe.com/receipts/payment/CAcaFwoVYWNjdF8xTTJKVGtMa2RJd0h1N2l4KOvG06AGMgZfBXyr1aw6LBa9vaaSRWU96d8qBwz9z2J_CObiV_H2-e8RezSK_sw0KISesp4czsOUlVKY",
  billing_details: { address: { city: null, country: null, postal_code: "94103" }, email: "jenny.rosen@example.com" },
};
// The same bytes in each run.
const randomBytes = Buffer.from(
  Array.from({ length: 300 }, (_, n) => createHash("sha256").update(`${n}`).digest()[0] ?? 0),
);

test.each([
  ["prose", prose],
  ["a record in JSON", JSON.stringify(record)],
  ["an indented record", JSON.stringify(record, undefined, 2)],
  [
    "a list of UUIDs",
    JSON.stringify(Array.from({ length: 20 }, (_, n) => `6f9619ff-8b86-d011-b42d-00cf4fc964${n + 10}`)),
  ],
  ["base64", randomBytes.toString("base64")],
  ["hexadecimal", randomBytes.toString("hex")],
  ["numbers", JSON.stringify(Array.from({ length: 100 }, (_, n) => n * 7919 + 0.25))],
  ["Chinese", "创建退款时，您必须指定要对其创建退款的收费或付款意向对象。"],
  ["German", "Erstattet eine Zahlung, die zuvor ausgeführt, aber noch nicht erstattet wurde."],
])("%s has at most the estimated tokens by the tokenizer o200k, and at least half of them", (_, text) => {
  const tokens = countTokens(text);
  expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokens);
  expect(estimateTokens(text)).toBeLessThanOrEqual(2 * tokens + 10);
});
