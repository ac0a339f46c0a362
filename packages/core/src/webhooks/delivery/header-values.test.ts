import fc from "fast-check";
import { expect, test } from "vitest";
import { headerValues } from "./header-values.js";

test.each([
  ["t=1,v1=ab,v1=cd,v0=ef", { separator: ",", prefix: "v1=" }, ["ab", "cd"]],
  ["v1,YWI= v1a,Y2Q= v1,ZWY=", { separator: " ", prefix: "v1," }, ["YWI=", "ZWY="]],
  ["sha256=ab", { prefix: "sha256=" }, ["ab"]],
  ["sha1=ab", { prefix: "sha256=" }, []],
  ["sig=:YWI=:", { prefix: "sig=:", suffix: ":" }, ["YWI="]],
  // The prefix and the suffix do not overlap.
  ["sig=:", { prefix: "sig=:", suffix: ":" }, []],
  ["", {}, [""]],
  ["a,", { separator: "," }, ["a", ""]],
  ["17000:key:ab", { separator: ":", position: 2 }, ["ab"]],
  ["17000:key:ab", { separator: ":", position: 0 }, ["17000"]],
  ["17000", { separator: ":", position: 1 }, []],
  // A position counts all values, also those without the prefix.
  ["v1=a,v0=b,v1=c", { separator: ",", prefix: "v1=", position: 1 }, []],
  ["v1=a,v0=b,v1=c", { separator: ",", prefix: "v1=", position: 2 }, ["c"]],
])("the header %j, read with %j, has the values %j", (text, form, values) => {
  expect(headerValues(text, { header: "x", ...form })).toEqual(values);
});

test("headerValues finds the same values as split, startsWith and endsWith", () => {
  const texts = fc.string({ unit: fc.constantFrom("a", ",", "=", "v", "1"), maxLength: 12 });
  const affix = fc.constantFrom("", "v1=", "a", "=");
  const separators = fc.constantFrom(undefined, ",", "=v");
  const headers = fc.record({ text: texts, prefix: affix, suffix: affix, separator: separators });
  fc.assert(
    fc.property(headers, ({ text, prefix, suffix, separator }) => {
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
