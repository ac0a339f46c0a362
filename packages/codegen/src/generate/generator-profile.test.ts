import { expect, test } from "vitest";
import { readGeneratorProfile } from "./generator-profile.js";
import { sampleProfile } from "./testing/sample-input.js";

test.each([
  ["text", /The profile is not an object/],
  [sampleProfile({ id: "Acme Pay" }), /id must be lower-case words joined by "-", such as "stripe": it is "Acme Pay"/],
  [sampleProfile({ id: "x;alert(1)" }), /id must be lower-case words/],
  [
    sampleProfile({ baseUrl: "api.acme.test" }),
    /Profile "acme": baseUrl must be an absolute URL, and is "api.acme.test"/,
  ],
  [sampleProfile({ body: "xml" }), /body must be one of "json", .* and is "xml"/],
  [sampleProfile({ body: undefined }), /body must be one of .* and is missing/],
  [sampleProfile({ query: "matrix" }), /query must be one of/],
  [sampleProfile({ auth: {} }), /auth\.kind must be/],
  [sampleProfile({ auth: { kind: "beerer", env: "A" } }), /auth\.kind must be one of "bearer", .* and is "beerer"/],
  [sampleProfile({ origins: "https://a.test" }), /origins must be a list of texts/],
  [sampleProfile({ origins: ["files.acme.test"] }), /origins\.0 must be an origin, .* and is "files.acme.test"/],
  [sampleProfile({ baseUrl: "javascript:alert(1)" }), /baseUrl must be an absolute URL/],
  [sampleProfile({ idempotency: { header: "k" } }), /idempotency\.methods must be a list/],
  [sampleProfile({ pagination: {} }), /pagination must be a list/],
  [sampleProfile({ pagination: [{ kind: "cursor", items: ["a"] }] }), /pagination\.0\.into\.name must be/],
  [
    sampleProfile({ pagination: [{ kind: "cursor", items: ["a"], into: { in: "header", name: "c" } }] }),
    /pagination\.0\.into\.in must be "query" or "body", and is "header"/,
  ],
  [sampleProfile({ pagination: [{ kind: "magic", items: [] }] }), /pagination\.0\.kind must be .* and is "magic"/],
  [sampleProfile({ pagination: [{ kind: "next-url", items: [] }] }), /pagination\.0\.next must be a path/],
  [
    sampleProfile({ pagination: [{ kind: "offset", items: "data" }] }),
    /pagination\.0\.items must be a path, such as \["data"\], or "by-path"/,
  ],
])("a profile that is wrong is told what is: %#", (profile, message) => {
  expect(() => readGeneratorProfile(profile)).toThrow(message);
});

test("a profile that is right is read, with the defaults of what it leaves out", () => {
  expect(
    readGeneratorProfile(
      sampleProfile({ baseUrl: "https://API.acme.test:443/v1/", origins: ["https://files.acme.test/"] }),
    ),
  ).toMatchObject({
    baseUrl: "https://api.acme.test/v1",
    query: "repeat",
    origins: ["https://files.acme.test"],
    pagination: [],
    idempotency: undefined,
  });
});
