import { isMap, isScalar, isSeq, parseDocument, type Scalar, stringify } from "yaml";
import type { DocumentPin } from "../source/document-pin.js";

/** Puts new pins into the text of a spec.yaml. Only values are replaced: comments, order and layout stay. */
export function rewriteSpec(text: string, pins: readonly DocumentPin[]): string {
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  const document = parseDocument(text);
  const list = document.get("documents");
  const graphql = document.get("graphql");
  const items = [
    ...(isSeq(list) ? list.items : []).map((item) => ({ item, name: isMap(item) ? item.get("name") : undefined })),
    { item: graphql, name: "graphql" },
  ];
  for (const { item, name: named } of items) {
    const pin = pins.find(({ name }) => name === named);
    if (!isMap(item) || pin === undefined) continue;
    const values = { source: pin.origin, integrity: pin.integrity, sha256: pin.sha256, date: pin.date };
    for (const [key, value] of Object.entries(values)) {
      const pair = item.items.find((one) => isScalar(one.key) && one.key.value === key);
      const node = pair?.value;
      if (isScalar(node) && node.range && node.value !== value) {
        const [from, to] = node.range;
        if (value !== undefined) edits.push({ from, to, text: toYamlScalar(value) });
        else edits.push({ ...lineOf(text, pair?.key as Scalar), text: "" });
      } else if (pair === undefined && value !== undefined) {
        // The usual position of a new field is above sha256.
        const sha256Key = item.items.find((one) => isScalar(one.key) && one.key.value === "sha256")?.key as Scalar;
        const { from } = lineOf(text, sha256Key);
        edits.push({ from, to: from, text: `${indentOf(text, from)}${key}: ${toYamlScalar(value)}\n` });
      }
    }
  }
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((result, { from, to, text: replacement }) => result.slice(0, from) + replacement + result.slice(to), text);
}

function lineOf(text: string, key: Scalar): { readonly from: number; readonly to: number } {
  const at = key.range?.[0] ?? 0;
  const end = text.indexOf("\n", at);
  return { from: text.lastIndexOf("\n", at) + 1, to: end < 0 ? text.length : end + 1 };
}

function indentOf(text: string, from: number): string {
  return /^[ ]*/.exec(text.slice(from))?.[0] ?? "";
}

function toYamlScalar(value: string): string {
  return stringify(value, { lineWidth: 0 }).trim();
}
