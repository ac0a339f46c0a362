const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const id = { name: "id", in: "path", required: true, schema: { type: "string" } };

/** A document with one of each construct that types are generated from. */
export const everyConstruct = {
  openapi: "3.1.0",
  info: { title: "Acme", version: "2026-01-01" },
  servers: [{ url: "https://api.acme.test" }],
  paths: {
    "/items": {
      get: {
        operationId: "items/list",
        summary: "Lists items.",
        parameters: [
          { $ref: "#/components/parameters/After" },
          {
            name: "filter",
            in: "query",
            style: "deepObject",
            schema: { type: "object", additionalProperties: { type: "string" } },
          },
        ],
        responses: { 200: json(reference("ItemList")), default: { $ref: "#/components/responses/Problem" } },
      },
      post: {
        operationId: "items/create",
        deprecated: true,
        requestBody: { $ref: "#/components/requestBodies/NewItem" },
        responses: { 201: json(reference("Item")), 202: { description: "later" }, 422: json(reference("Problem")) },
      },
    },
    "/items/search": {
      post: {
        requestBody: json({ type: "object", properties: { after: { type: "string" } } }),
        responses: { 200: json({ anyOf: [reference("ItemList"), { type: "null" }] }) },
      },
    },
    "/items/{id}": {
      parameters: [id],
      get: {
        operationId: "items/get",
        parameters: [
          { name: "fields", in: "query", required: true, schema: { type: "array", items: { type: "string" } } },
        ],
        responses: { 200: json(reference("Item")), 304: {}, 404: json(reference("Problem")) },
      },
      head: { operationId: "items/head", responses: { 200: json(reference("Item")) } },
      delete: { operationId: "items/delete", responses: { 204: { description: "gone" } } },
    },
    "/items/{id}/file": {
      parameters: [id],
      get: {
        operationId: "files/get",
        servers: [{ url: "https://files.acme.test/v1" }],
        responses: {
          200: { content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } },
        },
      },
      put: {
        operationId: "files/put",
        requestBody: { required: true, content: { "application/octet-stream": {} } },
        responses: { 200: { content: { "text/plain": {} } } },
      },
      post: {
        operationId: "files/upload",
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                required: ["file"],
                properties: { file: { type: "string", format: "binary" }, note: { type: "string" } },
              },
            },
          },
        },
        responses: { 200: json(reference("Item")) },
      },
    },
    "/redirect": { get: { operationId: "redirect", responses: { 302: { description: "elsewhere" } } } },
    "/tree/{path}": {
      get: {
        operationId: "tree",
        parameters: [{ ...id, name: "path", "x-multi-segment": true }],
        responses: { 200: json({ $ref: "#/paths/~1items/get/responses/200/content/application~1json/schema" }) },
      },
    },
  },
  webhooks: {
    "item.created": {
      post: { operationId: "items/get", requestBody: json(reference("Item")), responses: { 200: {} } },
    },
  },
  components: {
    parameters: { After: { name: "after", in: "query", schema: { type: "string" } } },
    responses: { Problem: { description: "bad", ...json(reference("Problem")) } },
    requestBodies: {
      NewItem: {
        required: true,
        ...json({
          allOf: [
            reference("Nullable"),
            { type: "object", required: ["price"], properties: { price: { type: "integer", default: 0 } } },
          ],
          required: ["name"],
        }),
      },
    },
    headers: { Limit: { schema: { type: "integer" } } },
    schemas: {
      Item: {
        oneOf: [reference("Book"), reference("Disc")],
        discriminator: { propertyName: "kind", mapping: { book: "#/components/schemas/Book", disc: "Disc" } },
      },
      Book: {
        type: "object",
        required: ["kind", "id"],
        properties: {
          kind: { type: "string" },
          id: { type: "string" },
          pages: { type: "integer" },
          parent: reference("Item"),
        },
      },
      Disc: {
        allOf: [
          reference("Media"),
          {
            type: "object",
            properties: { tracks: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }] } },
          },
        ],
      },
      Media: {
        type: "object",
        required: ["kind", "id"],
        properties: { kind: { type: "string" }, id: { type: "string" } },
        additionalProperties: { type: ["string", "number"] },
      },
      ItemList: {
        type: "object",
        required: ["has_more"],
        properties: {
          data: { type: "array", items: reference("Item"), nullable: true },
          has_more: { type: "boolean" },
          after: { type: ["string", "null"] },
        },
      },
      Nullable: {
        type: "object",
        nullable: true,
        properties: { name: { type: "string" }, "vat%": { type: "number" } },
      },
      Problem: {
        type: "object",
        required: ["message"],
        properties: { message: { type: "string" }, "Odd <Name>": reference("Odd%20%3CName%3E") },
      },
      "Odd <Name>": { enum: ["a", 1, null, true] },
    },
  },
};

/** The profile of the document. */
export const everyProfile = {
  id: "acme",
  baseUrl: "https://api.acme.test",
  origins: ["https://files.acme.test"],
  auth: { kind: "bearer" },
  body: "json",
  pagination: [
    { kind: "cursor", items: ["data"], from: { body: ["after"] }, into: { in: "query", name: "after" } },
    { kind: "cursor", items: ["data"], from: { body: ["after"] }, into: { in: "body", name: "after" } },
  ],
};

/** A program with valid and invalid uses of the client. */
export const everyProgram = `import type { Client } from "./client.js";
import type { AcmePaths } from "./paths.js";
import { FilesUpload, ItemsCreate, ItemsGet } from "./operations.js";
import { facts } from "./facts.js";
declare const acme: Client<AcmePaths>;

export async function right(signal: AbortSignal): Promise<void> {
  const { data: page } = await acme.GET("/items", { signal });
  page.data?.[0]?.id.length;
  const { data: item } = await acme.GET("/items/{id}", { params: { path: { id: "i" }, query: { fields: ["a"] } } });
  if (item.kind === "book") item.pages?.toFixed();
  const { data: created } = await acme.POST("/items", { body: { name: "n", price: 1 } });
  created?.id.length;
  const gone: undefined = (await acme.DELETE("/items/{id}", { params: { path: { id: "i" } } })).data;
  const none: undefined = (await acme.HEAD("/items/{id}", { params: { path: { id: "i" } } })).data;
  const bytes = (await acme.GET("/items/{id}/file", { params: { path: { id: "i" } } })).data;
  new Blob([bytes]);
  const text: string = (await acme.PUT("/items/{id}/file", { params: { path: { id: "i" } }, body: bytes })).data;
  const unknown: unknown = (await acme.GET("/redirect")).data;
  for await (const one of acme.paginate("/items", { params: { query: { filter: { a: "b" } } } })) one.id.length;
  for await (const one of acme.paginate("/items/search", { body: { after: "x" }, maxPages: 2 })) one.kind.length;
  const result = await acme.safe.GET("/items/{id}", { params: { path: { id: "i" }, query: { fields: [] } } });
  if (result.error === undefined) result.data.id.length;
  else if (result.error.name === "NotFoundError") result.error.body.message.length;
  // @ts-expect-error the document has no body of this status
  else if (result.error.name === "ConflictError") result.error.body.message;
  await acme.call(ItemsGet, { params: { path: { id: "i" }, query: { fields: [] } } });
  await acme.call(ItemsCreate, { body: { name: "n", price: 1 } });
  await acme.call(FilesUpload, { params: { path: { id: "i" } }, body: { file: new Blob([]), note: "x" } });
  const server: "https://files.acme.test/v1" = facts.operations["GET /items/{id}/file"].server;
  void [gone, none, text, unknown, server];
}

export async function wrong(): Promise<void> {
  // @ts-expect-error no such path
  await acme.GET("/nothing");
  // @ts-expect-error the path parameter is missing
  await acme.DELETE("/items/{id}");
  // @ts-expect-error the required query is missing
  await acme.GET("/items/{id}", { params: { path: { id: "i" } } });
  // @ts-expect-error a property that does not exist
  await acme.POST("/items", { body: { name: "n", price: 1, nmae: "n" } });
  // @ts-expect-error a property that allOf requires is missing
  await acme.POST("/items", { body: { price: 1 } });
  // @ts-expect-error the path is not a list
  acme.paginate("/redirect");
  // @ts-expect-error the body is missing
  await acme.call(ItemsCreate);
}
`;
