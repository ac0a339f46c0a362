import { expect, test } from "vitest";
import { readProviderName } from "./provider-name.js";

test.each([
  ["The Acme REST API v2", "Acme"],
  ["Adafruit IO REST API", "Adafruit IO"],
  ["Acme */ `x` $\u007by} [link](z)", "Acme x y link z"],
  ["API", "Acme Billing"],
  ["", "Acme Billing"],
  [`${"long ".repeat(20)}`, "Acme Billing"],
])("readProviderName turns the title %j into %s", (title, name) => {
  const document = { name: "acme", origin: "", json: { info: { title } } };
  expect(readProviderName({ id: "acme-billing", document, operations: [] })).toBe(name);
});
