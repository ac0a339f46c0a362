import { sha256 } from "../source/sha256.js";

/** A small OpenAPI document as text. */
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

/** A spec.yaml with one document. */
export function specYaml(source: string, document: string | Uint8Array = sampleDocument, more = ""): string {
  return `${more}documents:\n  - name: acme\n    source: ${source}\n    sha256: ${sha256(document)}\n`;
}

/** The sample with other fields at its top. */
export const sampleWith = (change: object): string => JSON.stringify({ ...JSON.parse(sampleDocument), ...change });
