import { allStrategies, createConnector, type ProviderFacts, type ProviderProfile } from "@connectry/core";
import { expect, test } from "vitest";
import { collectFacts } from "../../src/generate/facts/collect-facts.js";
import { parameterProblems } from "../../src/generate/facts/parameter-formats.js";
import { loadedDocument, readNamed, readProfile } from "../sample-input.js";

const profile: ProviderProfile = {
  id: "acme",
  name: "Acme",
  baseUrl: "https://api.acme.test",
  auth: { kind: "bearer", env: "ACME_TOKEN" },
  body: "json",
  errors: { message: ["message"] },
};
const any = { anyOf: [{ type: "string" }, { type: "array", items: {} }, { type: "object" }] };

/** A parameter as a document describes it, but for its name and schema, which can be anything. */
interface Described {
  readonly in: "path" | "query" | "header" | "cookie";
  readonly [keyword: string]: unknown;
}

/** What is sent of a parameter of a document: its part of the path, the query, the header or the cookie. */
async function sent(described: Described, value: unknown, name = "color"): Promise<string | null | undefined> {
  const path = described.in === "path" ? `/p/{${name}}` : "/p";
  const schema = described.content === undefined ? { schema: any } : {};
  const document = loadedDocument({ paths: { [path]: { get: { parameters: [{ name, ...schema, ...described }] } } } });
  const operations = readNamed([document]);
  const facts = collectFacts({ documents: [document], operations, pages: [], profile: readProfile() });
  let request: { url: string; headers: Headers } | undefined;
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    request = { url: String(url), headers: new Headers(init.headers) };
    return Response.json({});
  };
  const definition = { profile, facts: facts as ProviderFacts, strategies: allStrategies(profile) };
  await createConnector<never>(definition, { auth: "token", fetch }).request("GET", path, {
    params: { [described.in]: { [name]: value } },
  });
  const address = request?.url.slice("https://api.acme.test/p".length) ?? "";
  if (described.in === "header" || described.in === "cookie")
    return request?.headers.get(described.in === "cookie" ? "cookie" : name);
  return address.slice(1);
}

const blue = ["blue", "black", "brown"];
const rgb = { R: 100, G: 200, B: 150 };
const path = { in: "path", required: true } as const;

// The table of https://spec.openapis.org/oas/v3.1.1.html#style-examples, in the order empty string, string, list, object; the first
// is RFC 6570's, whose empty string is `;color`, `color=` and nothing.
test.each<[Described, string | undefined, string, string, string]>([
  [{ ...path, style: "matrix" }, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
  [
    { ...path, style: "matrix", explode: true },
    ";color",
    ";color=blue",
    ";color=blue;color=black;color=brown",
    ";R=100;G=200;B=150",
  ],
  [{ ...path, style: "label" }, undefined, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
  [{ ...path, style: "label", explode: true }, undefined, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
  [{ ...path, style: "simple" }, undefined, "blue", "blue,black,brown", "R,100,G,200,B,150"],
  [{ ...path, style: "simple", explode: true }, undefined, "blue", "blue,black,brown", "R=100,G=200,B=150"],
  [path, undefined, "blue", "blue,black,brown", "R,100,G,200,B,150"],
  [
    { in: "query", style: "form", explode: false },
    "color=",
    "color=blue",
    "color=blue,black,brown",
    "color=R,100,G,200,B,150",
  ],
  [
    { in: "query", style: "form", explode: true },
    "color=",
    "color=blue",
    "color=blue&color=black&color=brown",
    "R=100&G=200&B=150",
  ],
  [{ in: "query" }, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
  [
    { in: "query", allowReserved: true },
    "color=",
    "color=blue",
    "color=blue&color=black&color=brown",
    "R=100&G=200&B=150",
  ],
  [
    { in: "query", allowReserved: true, explode: false },
    "color=",
    "color=blue",
    "color=blue,black,brown",
    "color=R,100,G,200,B,150",
  ],
  [{ in: "header" }, "", "blue", "blue,black,brown", "R,100,G,200,B,150"],
  [{ in: "header", explode: true }, "", "blue", "blue,black,brown", "R=100,G=200,B=150"],
  [{ in: "cookie", explode: false }, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
])("R57: %j is sent as the examples of OpenAPI are", async (...row) => {
  const [described, empty, text, list, object] = row;
  // An empty segment, or a dot, would be another path.
  if (empty === undefined) await expect(sent(described, "")).rejects.toThrow(/path/);
  else expect(await sent(described, "")).toBe(empty);
  expect(await sent(described, "blue")).toBe(text);
  expect(await sent(described, blue)).toBe(list);
  expect(await sent(described, rgb)).toBe(object);
});

test.each<[Described, unknown, string]>([
  [{ in: "query", style: "spaceDelimited", explode: false }, blue, "color=blue%20black%20brown"],
  [{ in: "query", style: "spaceDelimited", explode: false }, rgb, "color=R%20100%20G%20200%20B%20150"],
  [{ in: "query", style: "spaceDelimited", explode: false, allowReserved: true }, blue, "color=blue%20black%20brown"],
  [{ in: "query", style: "pipeDelimited", explode: false }, blue, "color=blue%7Cblack%7Cbrown"],
  [{ in: "query", style: "pipeDelimited", explode: false }, rgb, "color=R%7C100%7CG%7C200%7CB%7C150"],
  [{ in: "query", style: "pipeDelimited", explode: false, allowReserved: true }, blue, "color=blue%7Cblack%7Cbrown"],
  [{ in: "query", style: "deepObject", explode: true }, rgb, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
  [
    { in: "query", style: "deepObject", explode: true, allowReserved: true },
    rgb,
    "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
  ],
])("R57: %j with %j is sent as the examples of OpenAPI are", async (described, value, want) => {
  expect(await sent(described, value)).toBe(want);
});

const list = ["red", "green", "blue"];
const domain = ["example", "com"];
const keys = { semi: ";", dot: ".", comma: "," };

// The values and expansions of RFC 6570, sections 3.2.2 to 3.2.8, as https://github.com/uri-templates/uritemplate-test has them in
// spec-examples-by-section.json, with the name `color`: of a query, what follows the question mark.
test.each<[Described, unknown, string]>([
  [path, "Hello World!", "Hello%20World%21"],
  [path, "50%", "50%25"],
  [path, "me/too", "me%2Ftoo"],
  [path, list, "red,green,blue"],
  [{ ...path, explode: true }, list, "red,green,blue"],
  [path, keys, "semi,%3B,dot,.,comma,%2C"],
  [{ ...path, explode: true }, keys, "semi=%3B,dot=.,comma=%2C"],
  [{ ...path, style: "label" }, "50%", ".50%25"],
  [{ ...path, style: "label" }, list, ".red,green,blue"],
  [{ ...path, style: "label", explode: true }, list, ".red.green.blue"],
  [{ ...path, style: "label", explode: true }, domain, ".example.com"],
  [{ ...path, style: "label" }, keys, ".semi,%3B,dot,.,comma,%2C"],
  [{ ...path, style: "label", explode: true }, keys, ".semi=%3B.dot=..comma=%2C"],
  [{ ...path, style: "matrix" }, "Hello World!", ";color=Hello%20World%21"],
  [{ ...path, style: "matrix" }, "50%", ";color=50%25"],
  [{ ...path, style: "matrix" }, "", ";color"],
  [{ ...path, style: "matrix" }, list, ";color=red,green,blue"],
  [{ ...path, style: "matrix", explode: true }, list, ";color=red;color=green;color=blue"],
  [{ ...path, style: "matrix" }, keys, ";color=semi,%3B,dot,.,comma,%2C"],
  [{ ...path, style: "matrix", explode: true }, keys, ";semi=%3B;dot=.;comma=%2C"],
  [{ in: "query" }, "Hello World!", "color=Hello%20World%21"],
  [{ in: "query" }, "50%", "color=50%25"],
  [{ in: "query" }, "", "color="],
  [{ in: "query", explode: false }, list, "color=red,green,blue"],
  [{ in: "query", explode: true }, list, "color=red&color=green&color=blue"],
  [{ in: "query", explode: false }, keys, "color=semi,%3B,dot,.,comma,%2C"],
  [{ in: "query", explode: true }, keys, "semi=%3B&dot=.&comma=%2C"],
  [{ in: "query", allowReserved: true }, "Hello World!", "color=Hello%20World!"],
  [{ in: "query", allowReserved: true }, "http://example.com/home/", "color=http://example.com/home/"],
  [{ in: "query", allowReserved: true }, "50%", "color=50%25"],
  [{ in: "query", allowReserved: true }, "/foo/bar", "color=/foo/bar"],
  [{ in: "query", allowReserved: true, explode: false }, list, "color=red,green,blue"],
  // Section 3.2.3: what is percent-encoded already stays as it is.
  [{ in: "query", allowReserved: true }, "/foo/bar%20", "color=/foo/bar%20"],
  // These are reserved, but would end the value or change it: https://spec.openapis.org/oas/v3.1.1.html#parameter-allow-reserved
  [{ in: "query", allowReserved: true }, "a&b=c#d[e]+f", "color=a%26b=c%23d%5Be%5D%2Bf"],
])("R57: %j with %j is sent as RFC 6570 expands it", async (described, value, want) => {
  expect(await sent(described, value)).toBe(want);
});

test("a comma within a value is told from one between two, which one list with commas is not", async () => {
  for (const described of [path, { in: "query", explode: false }, { in: "cookie", explode: false }] as const) {
    const one = await sent(described, ["a,b", "c"]);
    expect(one).toMatch(/a%2Cb,c$/);
    expect(one).not.toBe(await sent(described, ["a", "b", "c"]));
  }
});

const json = { content: { "application/json": { schema: any } } };

test.each<[Described, unknown, string]>([
  [{ ...path, ...json }, { a: ["x/y"] }, "%7B%22a%22%3A%5B%22x%2Fy%22%5D%7D"],
  [{ in: "query", ...json }, "blue", "color=%22blue%22"],
  [{ in: "query", ...json }, 1, "color=1"],
  [{ in: "query", ...json }, ["blue"], "color=%5B%22blue%22%5D"],
  [{ in: "header", ...json }, { name: "Zoë" }, '{"name":"Zo\\u00eb"}'],
  [{ in: "cookie", ...json }, { a: 1 }, "color=%7B%22a%22%3A1%7D"],
])("a parameter whose content is JSON is its JSON text: %j with %j", async (described, value, want) => {
  expect(await sent(described, value)).toBe(want);
});

test.each<[Described, unknown]>([
  [path, [["nested"]]],
  [{ in: "header" }, ["a,b"]],
  [{ in: "header", explode: true }, { "a=b": 1 }],
  [{ in: "query", style: "pipeDelimited", explode: false }, ["a|b"]],
  [{ in: "query", allowReserved: true, explode: false }, ["a,b"]],
  [{ in: "query", allowReserved: true, style: "spaceDelimited", explode: false }, ["a b"]],
])("what would arrive as something else is rejected: %j with %j", async (described, value) => {
  await expect(sent(described, value)).rejects.toThrow(/separator|nested/);
});

test("R47: a parameter named __proto__ is one like any other", async () => {
  expect(await sent({ in: "query", allowReserved: true }, "a/b", "__proto__")).toBe("__proto__=a/b");
});

test.each<[Described, RegExp]>([
  [{ in: "cookie" }, /is a cookie that explodes/],
  [
    { in: "header", style: "form" },
    /the header parameter color of GET \/p has the style form, which its place does not have/,
  ],
  [{ in: "query", style: "matrix" }, /has the style matrix/],
  [{ in: "query", content: { "application/xml": { schema: any } } }, /is application\/xml, of which only the text/],
])("what a document says that cannot be sent is told: %j", (described, want) => {
  const schema = described.content === undefined ? { schema: any } : {};
  const parameters = [{ name: "color", ...schema, ...described }];
  const operations = readNamed([loadedDocument({ paths: { "/p": { get: { parameters } } } })]);
  expect(parameterProblems(operations).join()).toMatch(want);
});
