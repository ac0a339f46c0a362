import type { LoadedDocument } from "../document/loaded-document.js";

/** Where an API of GraphQL alone takes its operations, and its version. */
export interface GraphqlEndpoint {
  /** The path below the base URL: `/graphql.json`. */
  readonly path: string;
  /** The version of the API: `2026-07`. */
  readonly version: string;
}

const error = {
  type: "object",
  required: ["message"],
  properties: {
    message: { type: "string" },
    path: { type: "array", items: { type: ["string", "integer"] } },
    locations: {
      type: "array",
      items: { type: "object", properties: { line: { type: "integer" }, column: { type: "integer" } } },
    },
    extensions: { type: "object", additionalProperties: true },
  },
};
const request = {
  type: "object",
  required: ["query"],
  properties: {
    query: { type: "string" },
    operationName: { type: "string" },
    variables: { type: "object", additionalProperties: true },
  },
};
const response = {
  type: "object",
  properties: {
    data: { type: ["object", "null"], additionalProperties: true },
    errors: { type: "array", items: { $ref: "#/components/schemas/GraphqlError" } },
    extensions: { type: "object", additionalProperties: true },
  },
};

const json = (name: string) => ({ "application/json": { schema: { $ref: `#/components/schemas/${name}` } } });

/**
 * The OpenAPI document of an API of GraphQL alone, which has no other: one operation, by which GraphQL is sent over HTTP. Its bodies
 * are those of the specification of GraphQL: https://spec.graphql.org/October2021/#sec-Response-Format
 */
export function endpointDocument(provider: string, { path, version }: GraphqlEndpoint, origin: string): LoadedDocument {
  const post = {
    operationId: "execute",
    summary: "Executes an operation of GraphQL.",
    requestBody: { required: true, content: json("GraphqlRequest") },
    responses: { 200: { description: "Data, errors, or both.", content: json("GraphqlResponse") } },
  };
  return {
    name: provider,
    origin,
    json: {
      openapi: "3.1.0",
      info: { title: provider, version },
      paths: { [path]: { post } },
      components: {
        schemas: { GraphqlError: error, GraphqlRequest: request, GraphqlResponse: response },
        // As the profile says.
        securitySchemes: { credential: { type: "mutualTLS" } },
      },
      security: [{ credential: [] }],
    },
  };
}
