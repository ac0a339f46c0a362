import { sha256 } from "../src/source/sha256.js";

/** The text of a small OpenAPI document. */
export const sampleDocument = JSON.stringify({
  openapi: "3.0.3",
  info: { title: "Acme", version: "1" },
  paths: {
    "/pets": {
      get: {
        operationId: "listPets",
        responses: {
          200: { description: "", content: { "application/json": { schema: { $ref: "#/components/schemas/Pets" } } } },
        },
      },
    },
  },
  components: { schemas: { Pets: { type: "array", items: { type: "string" } } } },
});

/** The text of a spec.yaml with one document; `more` comes first. */
export function specYaml(source: string, document: string | Uint8Array = sampleDocument, more = ""): string {
  return `${more}documents:\n  - name: acme\n    source: ${source}\n    sha256: ${sha256(document)}\n`;
}

/** The text of the sample document with some of its top-level fields replaced. */
export const sampleWith = (change: object): string => JSON.stringify({ ...JSON.parse(sampleDocument), ...change });
