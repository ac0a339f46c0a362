// What reads an OpenAPI document for the other packages of this repository. It may change with every release.
export type { DocumentContent, DocumentOperation, DocumentParameter } from "../document/operation.js";
export { readOperations } from "../document/operation.js";
export { type DocumentSource, readDocuments } from "../document/read-document.js";
export { isJsonContent, successResponse } from "../provider/documented-responses.js";
export { createPageShapes, type PageShape, type PageShapes } from "../provider/page-shape.js";
export type { SchemaView } from "../schema/document-schemas.js";
export { type JsonSchema, type SchemaObject, typesOf } from "../schema/json-schema.js";
export { createSchemaTools } from "../schema/schema-tools.js";
