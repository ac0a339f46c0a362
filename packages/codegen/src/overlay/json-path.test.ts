import { expect, test } from "vitest";
import { applyOverlay } from "./apply-overlay.js";
import { selectNodes } from "./json-path.js";
import { parseOverlay } from "./read-overlay.js";

const select = (path: string, value: unknown) => selectNodes(path, { value }).map((node) => node.value);

test.each(["(a|a)*b|((a+)+)+c", "(a+)+b", "(.*)*(.*)*x", "(a?){30}a{30}b"])(
  "the pattern %s, which backtracks without end, is decided for a long text",
  (pattern) => {
    const text = "a".repeat(20_000);
    expect(select(`$[?match(@, "${pattern}")]`, text)).toEqual([]);
    expect(select(`$[?search(@, "${pattern}")]`, text)).toEqual([]);
  },
);

// RFC 9535, 2.4.6 and 2.4.7, and RFC 9485
test.each([
  ["match", "a.c", "abc", true],
  ["match", "a.c", "xabcx", false],
  ["search", "a.c", "xabcx", true],
  ["match", "a.c", "a\nc", false],
  ["match", "a.c", "a\rc", false],
  ["match", "a.c", "a\u2028c", true],
  ["match", "a.c", "a\u{1f600}c", true],
  ["match", "a[.]c", "a.c", true],
  ["match", "a[.]c", "abc", false],
  ["match", "a\\\\.c", "abc", false],
  ["match", "\\\\p{Lu}+", "ÄB", true],
  ["match", "[^a-c]{2,3}", "xyz", true],
] as const)("%s with %s decides %j as RFC 9535 says", (...row) => {
  const [name, pattern, text, expected] = row;
  expect(select(`$[?${name}(@, "${pattern}")]`, text)).toEqual(expected ? [text] : []);
});

test("a pattern or a text that is not a string matches nothing", () => {
  expect(select("$[?match(@, 1)]", "1")).toEqual([]);
  expect(select('$[?match(@, "1")]', 1)).toEqual([]);
});

test.each([
  ["(?=a)", /is not an I-Regexp \(RFC 9485\)/],
  ["a".repeat(1_001), /has more than 1000 characters/],
  ["((a{1000}){1000}){1000}", /cannot be used/],
])("an overlay with the pattern %s is refused, with its position", (pattern, message) => {
  const text = `overlay: 1.0.0\ninfo: { title: a, version: "1" }\nactions:\n  - target: $.info[?match(@, "${pattern}")]\n    remove: true\n`;
  expect(() => applyOverlay({ info: { title: "a" } }, parseOverlay(text, "overlay.yaml"), "acme")).toThrow(message);
  expect(() => applyOverlay({ info: { title: "a" } }, parseOverlay(text, "overlay.yaml"), "acme")).toThrow(
    /^overlay\.yaml:4 \(actions\[0\]\): the pattern/,
  );
});

const nestedLists = (depth: number): unknown => (depth === 0 ? 1 : [nestedLists(depth - 1)]);
const tree = (depth: number): unknown => (depth === 0 ? 1 : { a: tree(depth - 1), b: tree(depth - 1) });

test.each([
  ["$..*..*..*..*", tree(12)],
  ["$..*..*..*..*..*..*..*..*", nestedLists(40)],
  ["$.info[?count(@..*..*..*..*) > 0]", { info: { a: tree(12) } }],
  ["$[?count(@..*[?count(@..*[?count(@..*) > 0]) > 0]) > 0]", { a: tree(11) }],
  [`$.value${"[0,0]".repeat(30)}`, { value: nestedLists(40) }],
  [`$[?@${"[*,*]".repeat(30)}]`, { value: nestedLists(40) }],
] as const)(
  "an overlay with the target %s, which would take minutes, is refused with its position",
  (target, document) => {
    const text = `overlay: 1.0.0\ninfo: { title: a, version: "1" }\nactions:\n  - target: "${target}"\n    remove: true\n`;
    const apply = () => applyOverlay(document as Record<string, unknown>, parseOverlay(text, "overlay.yaml"), "acme");
    expect(apply).toThrow(/^overlay\.yaml:4 \(actions\[0\]\): the target (takes|combines) more than [\d]+ /);
  },
);

test("a target that visits each node of a large document is not refused", () => {
  const value = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, { a: index }]));
  expect(select("$..a", value)).toHaveLength(50_000);
});
