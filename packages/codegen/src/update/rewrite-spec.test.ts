import { expect, test } from "vitest";
import type { DocumentPin } from "../source/document-pin.js";
import { rewriteSpec } from "./rewrite-spec.js";

const pin = (name: string, more: Partial<DocumentPin> = {}): DocumentPin => ({
  name,
  source: { kind: "file", path: "" },
  origin: "npm:a@2.0.0/b.json",
  sha256: "b".repeat(64),
  integrity: "sha512-new==",
  ...more,
});

test("rewriteSpec replaces only values: comments, other quotes, order and blank lines stay", () => {
  const text = `# the head
profile: '../p.ts'

documents:
    # the first
  - sha256: aaaa # its hash
    name: one
    integrity: sha512-old==
    source: "npm:a@1.0.0/b.json" # the package
  - { name: two, source: x.json, sha256: cccc }
`.replace("    # the first\n", "  # the first\n");
  expect(rewriteSpec(text, [pin("one")])).toBe(
    text
      .replace("aaaa", "b".repeat(64))
      .replace("sha512-old==", "sha512-new==")
      .replace('"npm:a@1.0.0/b.json"', "npm:a@2.0.0/b.json"),
  );
});

test("rewriteSpec adds the hash of a tarball, and removes one that no longer applies", () => {
  const without = "documents:\n  - name: one\n    source: x\n    sha256: y\n";
  const added = rewriteSpec(without, [pin("one")]);
  expect(added).toBe(
    `documents:\n  - name: one\n    source: npm:a@2.0.0/b.json\n    integrity: sha512-new==\n    sha256: ${"b".repeat(64)}\n`,
  );
  const { integrity: _, ...bare } = pin("one", { origin: "https://acme.test/a.json" });
  expect(rewriteSpec(added, [bare])).toBe(
    `documents:\n  - name: one\n    source: https://acme.test/a.json\n    sha256: ${"b".repeat(64)}\n`,
  );
});

test("rewriteSpec does not change documents without a new pin", () => {
  const text = "documents:\n  - name: one\n    source: x\n    sha256: y\n";
  expect(rewriteSpec(text, [pin("two")])).toBe(text);
});
