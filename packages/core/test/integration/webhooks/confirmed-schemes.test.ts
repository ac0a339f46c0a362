import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as webhooks from "../../../src/webhooks/index.js";
import { sampleVectors } from "../../webhooks/sample-vectors.js";
import { thirdPartyVectors } from "../../webhooks/third-party-vectors.js";
import { vectors } from "../../webhooks/vectors.js";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const vendors = new URL("../../../../../e2e/vendors/src/", import.meta.url);
const comparisons = readdirSync(vendors)
  .map((file) => readFileSync(new URL(file, vendors), "utf8"))
  .join("\n");

const isScheme = (value: unknown): value is webhooks.WebhookScheme =>
  typeof value === "object" && value !== null && "signed" in value && "algorithm" in value;
const exported = Object.entries(webhooks).filter(([, value]) => isScheme(value));
const published = ["awsSns", "googlePubSub", "paypal", "plaid"];
const all = [...exported.map(([name]) => name), ...published].sort();
const nameOf = (scheme: webhooks.WebhookScheme) => exported.find(([, value]) => value === scheme)?.[0];

/** The schemes that the table of the README names in the row that begins so. */
function confirmedBy(start: string): string[] {
  const row = readme.split("\n").find((line) => line.startsWith(`| ${start}`)) ?? "";
  const names = [...(row.split("|")[2] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name as string);
  return names.filter((name) => all.includes(name));
}
const byPackage = confirmedBy("the vendor's own package");
const byDelivery = confirmedBy("a delivery that the vendor signed");
const bySample = confirmedBy("the vendor's own sample");
const byThirdParty = confirmedBy("the test of a third party");
const compared = confirmedBy("nothing to compute");

test("the README says of every scheme how it is confirmed", () => {
  expect(exported.length).toBeGreaterThan(40);
  expect([...new Set([byPackage, byDelivery, bySample, byThirdParty, compared].flat())].sort()).toEqual(all);
  const signed = new Set([...byPackage, ...byDelivery, ...bySample, ...byThirdParty]);
  expect(compared.filter((name) => signed.has(name))).toEqual([]);
});

test("the README says which schemes no word of the vendor's confirms but its page", () => {
  const byVendor = new Set([...byPackage, ...byDelivery, ...bySample, ...compared]);
  expect(confirmedBy("**unconfirmed** by anything of the vendor's but its page")).toEqual(
    all.filter((name) => !byVendor.has(name)),
  );
});

test("a scheme that a vendor's package confirms is compared with it", () => {
  expect(byPackage.filter((name) => !new RegExp(`\\b${name}\\b`).test(comparisons))).toEqual([]);
});

test("a scheme that a delivery, a sample or the test of a third party confirms has its vector", () => {
  const withVector = new Set(vectors.map(({ scheme }) => nameOf(scheme)));
  // Their keys are fetched, so their vectors are in src/jose/vectors.test.ts.
  const expected = byDelivery.filter((name) => !published.includes(name));
  expect([...expected, ...bySample].filter((name) => !withVector.has(name))).toEqual([]);
  expect(sampleVectors.map(({ scheme }) => nameOf(scheme))).toEqual(bySample);
  expect(thirdPartyVectors.map(({ scheme }) => nameOf(scheme))).toEqual(byThirdParty);
});
