import type { ProviderProfile } from "@connectry/core";

const text = { type: "string" };
const error = {
  description: "What went wrong",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } },
};
const json = (schema: object) => ({ description: "", content: { "application/json": { schema } } });
const page = (name: string) => ({ name, in: "query", schema: { type: "integer", minimum: 1, maximum: 100 } });

/** A small API whose few operations have the features of large documents. */
export const acmeDocument = {
  openapi: "3.0.3",
  info: { title: "Acme", version: "1" },
  servers: [{ url: "https://api.acme.test/v2" }],
  paths: {
    "/widgets": {
      get: {
        operationId: "listWidgets",
        parameters: [
          page("limit"),
          { name: "after", in: "query", schema: text },
          { name: "color", in: "query", schema: { type: "array", items: { $ref: "#/components/schemas/Color" } } },
          { name: "tags", in: "query", style: "form", explode: false, schema: { type: "array", items: text } },
          {
            name: "range",
            in: "query",
            style: "deepObject",
            schema: { type: "object", additionalProperties: false, properties: { min: { type: "integer" } } },
          },
        ],
        responses: {
          200: json({
            type: "object",
            required: ["results"],
            properties: {
              results: { type: "array", items: { $ref: "#/components/schemas/Widget" } },
              paging: {
                type: "object",
                required: ["next"],
                properties: { next: { type: "object", required: ["after"], properties: { after: text } } },
              },
            },
          }),
          default: error,
        },
      },
      post: {
        operationId: "createWidget",
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/WidgetInput" } } },
        },
        responses: { 201: json({ $ref: "#/components/schemas/Widget" }), default: error },
      },
    },
    "/widgets/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", maxLength: 20 } }],
      get: {
        operationId: "getWidget",
        responses: { 200: json({ $ref: "#/components/schemas/Widget" }), default: error },
      },
      patch: {
        operationId: "updateWidget",
        requestBody: { content: { "application/json": { schema: { type: "object", properties: { name: text } } } } },
        responses: { 200: json({ $ref: "#/components/schemas/Widget" }), default: error },
      },
      delete: { operationId: "deleteWidget", responses: { 204: { description: "Gone" }, default: error } },
    },
    "/widgets/{id}/manual": {
      parameters: [{ name: "id", in: "path", required: true, schema: text }],
      put: {
        operationId: "uploadManual",
        parameters: [{ name: "X-Pages", in: "header", required: true, schema: { type: "integer" } }],
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                required: ["file"],
                properties: { file: { type: "string", format: "binary" }, pages: { type: "integer" } },
              },
            },
          },
        },
        responses: {
          200: { description: "", content: { "application/pdf": { schema: { type: "string", format: "binary" } } } },
          default: error,
        },
      },
    },
    "/files/{path}": {
      get: {
        operationId: "readFile",
        parameters: [{ name: "path", in: "path", required: true, "x-multi-segment": true, schema: text }],
        responses: { 200: { description: "", content: { "text/plain": { schema: text } } } },
      },
    },
    "/status": { get: { operationId: "status", security: [], responses: { 200: json({ type: "object" }) } } },
  },
  components: {
    schemas: {
      Color: { type: "string", enum: ["red", "green"] },
      WidgetInput: {
        type: "object",
        required: ["name"],
        additionalProperties: false,
        properties: {
          name: { type: "string", maxLength: 10 },
          color: { $ref: "#/components/schemas/Color" },
          price: { type: "number", nullable: true },
        },
      },
      Widget: {
        type: "object",
        required: ["id", "name"],
        properties: {
          id: { type: "string", readOnly: true },
          name: text,
          color: { $ref: "#/components/schemas/Color" },
          price: { type: "number", nullable: true },
          secret: { type: "string", writeOnly: true },
          parent: { $ref: "#/components/schemas/Widget" },
          code: { type: "string", pattern: "^[A-Z]{3}-[0-9]{4}$" },
        },
      },
      Failure: {
        type: "object",
        required: ["reason", "category", "status"],
        properties: {
          reason: text,
          category: { type: "string", enum: ["OUTAGE", "INVALID_REQUEST", "IDEMPOTENCY"] },
          status: { type: "integer" },
        },
      },
    },
  },
};

/** The profile of Acme. */
export const acmeProfile: ProviderProfile = {
  id: "acme",
  name: "Acme",
  baseUrl: "https://api.acme.test/v2",
  auth: { kind: "header", name: "X-Acme-Key", env: "ACME_KEY" },
  body: "json",
  idempotency: { header: "Idempotency-Key", methods: ["POST"], maxLength: 40 },
  pagination: [
    {
      kind: "cursor",
      items: ["results"],
      from: { body: ["paging", "next", "after"] },
      into: { in: "query", name: "after" },
    },
  ],
  errors: { message: ["reason"], code: ["code"], requestId: "x-request-id" },
};
