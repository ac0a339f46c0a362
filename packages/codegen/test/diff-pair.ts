import { compareDocuments, type Diff } from "../src/diff/compare-documents.js";
import type { LoadedDocument } from "../src/document/loaded-document.js";

/** The parts of a document with one operation, `POST /pets`. */
export interface PetsDocument {
  readonly operation?: object;
  readonly parameters?: readonly object[];
  readonly body?: unknown;
  readonly response?: unknown;
  readonly schemas?: Readonly<Record<string, unknown>>;
  readonly paths?: Readonly<Record<string, unknown>>;
  readonly security?: readonly object[];
  readonly securitySchemes?: object;
  readonly webhooks?: object;
  /** @default "3.1.0" */
  readonly openapi?: string;
}

/** A loaded document with `POST /pets`; `body` and `response` are the schemas of its bodies. */
export function petsDocument({
  operation,
  parameters,
  body,
  response,
  schemas,
  paths,
  security,
  securitySchemes,
  webhooks,
  openapi = "3.1.0",
}: PetsDocument): LoadedDocument {
  const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
  return {
    name: "pets",
    origin: "pets.json",
    json: {
      openapi,
      info: { title: "Pets", version: "1" },
      ...(security !== undefined && { security }),
      paths: {
        "/pets": {
          post: {
            operationId: "createPet",
            ...(parameters !== undefined && { parameters }),
            ...(body !== undefined && { requestBody: { required: true, ...json(body) } }),
            responses: { 200: { description: "", ...(response !== undefined && json(response)) } },
            ...operation,
          },
        },
        ...paths,
      },
      ...(webhooks !== undefined && { webhooks }),
      components: { schemas: schemas ?? {}, ...(securitySchemes !== undefined && { securitySchemes }) },
    },
  };
}

/** The differences between two such documents. */
export function diffOf(old: PetsDocument, now: PetsDocument): Diff {
  return compareDocuments([petsDocument(old)], [petsDocument(now)]);
}
