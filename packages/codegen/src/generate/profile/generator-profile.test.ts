import { expect, test } from "vitest";
import { sampleProfile } from "../../../test/sample-input.js";
import { readGeneratorProfile } from "./generator-profile.js";

test.each([
  ["text", /The profile is not an object/],
  [sampleProfile({ id: "Acme Pay" }), /id must be lower-case words joined by "-", such as "stripe", got "Acme Pay"/],
  [sampleProfile({ id: "x;alert(1)" }), /id must be lower-case words/],
  [sampleProfile({ baseUrl: "api.acme.test" }), /Profile "acme": baseUrl must be an absolute URL, got "api.acme.test"/],
  [sampleProfile({ body: "xml" }), /body must be one of "json", .*, got "xml"/],
  [sampleProfile({ body: undefined }), /body is missing: it must be one of "json", /],
  [sampleProfile({ query: "matrix" }), /query must be one of/],
  [sampleProfile({ auth: {} }), /auth\.kind is missing: it must be one of "bearer"/],
  [sampleProfile({ auth: { kind: "beerer", env: "A" } }), /auth\.kind must be one of "bearer", .*, got "beerer"/],
  [sampleProfile({ origins: "https://a.test" }), /origins must be a list of strings/],
  [sampleProfile({ origins: ["files.acme.test"] }), /origins\.0 must be an origin, .*, got "files.acme.test"/],
  [sampleProfile({ baseUrl: "https://{shop}.acme.test" }), /variables\.shop is missing: it must be \{ pattern \}/],
  [
    sampleProfile({ baseUrl: "https://{shop}.acme.test", variables: { shop: { pattern: "[" } } }),
    /variables\.shop must be \{ pattern \}, a regular expression/,
  ],
  [sampleProfile({ variables: { shop: { pattern: "[a-z]+" } } }), /variables\.shop must be a variable of baseUrl/],
  [sampleProfile({ environments: { live: {} } }), /environments must be at least two/],
  [sampleProfile({ environments: ["live", "sandbox"] }), /environments must be facts by the names of environments/],
  [
    sampleProfile({ environments: { live: { baseUrl: "https://api.acme.test" }, sandbox: {} } }),
    /environments\.live must be \{\}, because the first environment is the profile itself/,
  ],
  [
    sampleProfile({ environments: { live: {}, "1": { baseUrl: "https://one.acme.test" } } }),
    /environments\.1 must be named by a letter/,
  ],
  [
    sampleProfile({ environments: { live: {}, sandbox: { baseUrl: "sandbox.acme.test" } } }),
    /environments\.sandbox\.baseUrl must be an absolute URL/,
  ],
  [
    sampleProfile({ environments: { live: {}, sandbox: { origins: ["files"] } } }),
    /environments\.sandbox\.origins\.0 must be an origin/,
  ],
  [
    sampleProfile({
      environments: { live: {}, sandbox: { servers: { "https://files.acme.test/": "https://a.test" } } },
    }),
    /environments\.sandbox\.servers must be absolute URLs by absolute URLs/,
  ],
  [
    sampleProfile({ environments: { test: {}, live: { baseUrl: "https://{prefix}-live.acme.test" } } }),
    /variables\.prefix is missing: it must be \{ pattern \}/,
  ],
  [sampleProfile({ baseUrl: "javascript:alert(1)" }), /baseUrl must be an absolute URL/],
  [sampleProfile({ idempotency: { header: "k" } }), /idempotency\.methods is missing: it must be a list of strings/],
  [sampleProfile({ pagination: {} }), /pagination must be a list/],
  [
    sampleProfile({ pagination: [{ kind: "cursor", items: ["a"], from: { body: ["c"] } }] }),
    /pagination\.0\.into\.name is missing: it must be the name of a parameter/,
  ],
  [
    sampleProfile({
      pagination: [{ kind: "cursor", items: ["a"], from: { body: ["c"] }, into: { in: "header", name: "c" } }],
    }),
    /pagination\.0\.into\.in must be "query" or "body", got "header"/,
  ],
  [sampleProfile({ pagination: [{ kind: "magic", items: [] }] }), /pagination\.0\.kind must be .*, got "magic"/],
  [
    sampleProfile({ pagination: [{ kind: "next-url", items: [] }] }),
    /pagination\.0\.next is missing: it must be a path/,
  ],
  [
    sampleProfile({ pagination: [{ kind: "offset", items: "data" }] }),
    /pagination\.0\.items must be a path, such as \["data"\], or "by-path"/,
  ],
  [
    sampleProfile({ pagination: [{ kind: "cursor", items: [], into: { in: "query", name: "c" } }] }),
    /pagination\.0\.from is missing: it must be a path in the page or in its last item/,
  ],
  [
    sampleProfile({ pagination: [{ kind: "offset", items: [], into: { in: "query", name: "c", inside: ["a"] } }] }),
    /pagination\.0\.into\.inside must be the path of an object of the body/,
  ],
  ...["more", "last", "total", "pages", "step"].map((name): [Record<string, unknown>, RegExp] => [
    sampleProfile({ pagination: [{ kind: "link-header", items: [], [name]: "total" }] }),
    new RegExp(`pagination\\.0\\.${name} must be a path in the page, such as \\["has_more"\\], got "total"`),
  ]),
  [
    sampleProfile({ pagination: [{ kind: "link-header", items: [], ask: { in: "query", name: "limit" } }] }),
    /pagination\.0\.ask\.value is missing: it must be a text, a number or a boolean/,
  ],
  [
    sampleProfile({
      pagination: [
        { kind: "cursor", items: [], from: { body: ["a"] }, into: { in: "query", name: "a" }, opposite: ["b"] },
      ],
    }),
    /pagination\.0\.opposite must be the name of a parameter/,
  ],
  [
    sampleProfile({ pagination: [{ kind: "link-header", items: [], scrolls: 1 }] }),
    /pagination\.0\.scrolls must be true/,
  ],
  [
    sampleProfile({ pagination: [{ kind: "next-url", items: [], next: ["links"], link: { rel: "rel" } }] }),
    /pagination\.0\.link must be the names of the relation and the URL/,
  ],
])("a profile that is not valid is rejected with the name of the field: %#", (profile, message) => {
  expect(() => readGeneratorProfile(profile)).toThrow(message);
});

test("a valid profile is read, with defaults for the fields that it omits", () => {
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
