import { expect, test } from "vitest";
import { acmeProfile } from "../../test/acme.js";
import { fakeHandler } from "../provider/fake-handler.js";

const texts = [`${"a".repeat(30_000)}!`, "x".repeat(20_000), "ab ".repeat(10_000), "a,".repeat(10_000)];

// A backtracking engine takes years for one of these texts.
test.each([
  "^(\\w+\\s?)*$",
  "^(([a-zA-Z0-9])+\\.?)+@x$",
  "(x+x+)+y",
  "^(?:a|ab|b)*c$",
  "^((ab)*)*$|^(a*)*b$",
  "([a-z]*,)*[a-z]*;$",
  "^(?=(a+)+$)a",
  "(?<!a)(a*)*b$",
  "^[\\s\\S]*?(.*)*z$",
])("requests to a document with the pattern %s in path, query, header and body are decided", async (pattern) => {
  const parameter = (name: string, place: string) => ({
    name,
    in: place,
    required: place === "path",
    schema: { type: "string", pattern },
  });
  const schema = {
    type: "object",
    properties: { v: { type: "string", pattern } },
    patternProperties: { [pattern]: {} },
  };
  const content = { "application/json": { schema } };
  const document = {
    openapi: "3.1.0",
    paths: {
      "/x/{id}": {
        parameters: [parameter("id", "path"), parameter("q", "query"), parameter("h", "header")],
        post: { requestBody: { content }, responses: { 200: { description: "", content } } },
      },
    },
  };
  const fake = fakeHandler({ document, profile: acmeProfile });
  for (const text of texts) {
    const encoded = encodeURIComponent(text);
    const response = await fake.fetch(`https://api.acme.test/v2/x/${encoded}?q=${encoded}`, {
      method: "POST",
      headers: { "x-acme-key": "k", h: text, "content-type": "application/json" },
      body: JSON.stringify({ v: text }),
    });
    expect([200, 400, 501]).toContain(response.status);
  }
});
