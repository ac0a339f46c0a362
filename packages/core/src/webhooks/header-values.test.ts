import fc from "fast-check";
import { expect, test } from "vitest";
import { headerValues } from "./header-values.js";

test.each([
  ["t=1,v1=ab,v1=cd,v0=ef", { separator: ",", prefix: "v1=" }, ["ab", "cd"]],
  ["v1,YWI= v1a,Y2Q= v1,ZWY=", { separator: " ", prefix: "v1," }, ["YWI=", "ZWY="]],
  ["sha256=ab", { prefix: "sha256=" }, ["ab"]],
  ["sha1=ab", { prefix: "sha256=" }, []],
  ["sig=:YWI=:", { prefix: "sig=:", suffix: ":" }, ["YWI="]],
  // A prefix and a suffix that would have to share a letter are not both there.
  ["sig=:", { prefix: "sig=:", suffix: ":" }, []],
  ["", {}, [""]],
  ["a,", { separator: "," }, ["a", ""]],
])("%j with %j holds %j", (text, form, values) => {
  expect(headerValues(text, { header: "x", ...form })).toEqual(values);
});

test("what split, startsWith and endsWith would find is found", () => {
  const texts = fc.string({ unit: fc.constantFrom("a", ",", "=", "v", "1"), maxLength: 12 });
  const parts = fc.constantFrom("", "v1=", "a", "=");
  fc.assert(
    fc.property(texts, parts, parts, fc.constantFrom(undefined, ",", "=v"), (text, prefix, suffix, separator) => {
      const all = separator === undefined ? [text] : text.split(separator);
      const plain = all
        .filter((one) => one.length >= prefix.length + suffix.length && one.startsWith(prefix) && one.endsWith(suffix))
        .map((one) => one.slice(prefix.length, one.length - suffix.length));
      const form = { header: "x", prefix, suffix, ...(separator === undefined ? {} : { separator }) };
      expect(headerValues(text, form)).toEqual(plain);
    }),
    { numRuns: 3_000, seed: 1 },
  );
});
