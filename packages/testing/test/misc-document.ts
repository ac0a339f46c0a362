import type { ProviderProfile } from "@connectry/core";
import { acmeProfile } from "./acme.js";

const text = { type: "string" };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ description: "", content: { "application/json": { schema } } });
const bodyOf = (schema: object, type = "application/json") => ({ content: { [type]: { schema } } });
const inPath = (name: string, schema: object = text) => ({ name, in: "path", required: true, schema });
const object = (properties: object, required = Object.keys(properties)) => ({ type: "object", required, properties });
const paged = [{ name: "page", in: "query", schema: { type: "integer" } }];

const form = "application/x-www-form-urlencoded";
const fields = object({ To: text, Body: text, SendAt: text }, ["To"]);

/** One example of each kind of resource in large documents. */
export const miscDocument = {
  openapi: "3.0.3",
  components: {
    schemas: {
      Issue: object({
        id: { type: "integer" },
        number: { type: "integer" },
        title: text,
        state: { type: "string", enum: ["open", "closed"] },
      }),
      ShortIssue: object({ number: { type: "integer" }, title: text, url: text }),
      Label: object({ name: text, color: text }),
      Secret: object({ name: text, created_at: { type: "string", format: "date-time" } }),
      Message: object({
        sid: { type: "string", pattern: "^SM[0-9a-f]{8}$" },
        to: text,
        body: text,
        send_at: { type: "string", nullable: true },
      }),
      Contact: object({ id: text, properties: { type: "object", additionalProperties: text } }),
      Plan: object({ id: text, status: { type: "string", enum: ["active", "canceled"] } }),
    },
  },
  paths: {
    "/repos/{owner}/issues": {
      parameters: [inPath("owner")],
      get: { parameters: paged, responses: { 200: json({ type: "array", items: ref("ShortIssue") }) } },
      post: { requestBody: bodyOf(object({ title: text })), responses: { 201: json(ref("Issue")) } },
    },
    "/repos/{owner}/issues/{issue_number}": {
      parameters: [inPath("owner"), inPath("issue_number", { type: "integer" })],
      get: { responses: { 200: json(ref("Issue")) } },
      patch: { requestBody: bodyOf(object({ state: text }, [])), responses: { 200: json(ref("Issue")) } },
    },
    "/repos/{owner}/issues/{issue_number}/comments": {
      parameters: [inPath("owner"), inPath("issue_number", { type: "integer" })],
      get: { parameters: paged, responses: { 200: json({ type: "array", items: text }) } },
    },
    "/repos/{owner}": {
      parameters: [inPath("owner")],
      put: { responses: { 204: { description: "" } } },
      delete: { responses: { 204: { description: "" } } },
    },
    "/labels": {
      get: { responses: { 200: json({ type: "array", items: ref("Label") }) } },
      post: { requestBody: bodyOf(ref("Label")), responses: { 201: { description: "" } } },
    },
    "/labels/{name}": {
      parameters: [inPath("name")],
      get: { responses: { 200: json(ref("Label")) } },
      delete: { responses: { 204: { description: "" } } },
    },
    "/secrets": {
      get: {
        responses: {
          200: json(object({ total_count: { type: "integer" }, secrets: { type: "array", items: ref("Secret") } })),
        },
      },
    },
    "/secrets/{secret_name}": {
      parameters: [inPath("secret_name")],
      get: { responses: { 200: json(ref("Secret")) } },
      put: { requestBody: bodyOf(object({ value: text })), responses: { 201: { description: "" } } },
      delete: { responses: { 204: { description: "" } } },
    },
    "/Messages.json": {
      get: {
        parameters: paged,
        responses: { 200: json(object({ messages: { type: "array", items: ref("Message") } })) },
      },
      post: { requestBody: bodyOf(fields, form), responses: { 201: json(ref("Message")) } },
    },
    "/Messages/{Sid}.json": {
      parameters: [inPath("Sid")],
      get: { responses: { 200: json(ref("Message")) } },
      post: { requestBody: bodyOf({ ...fields, required: [] }, form), responses: { 200: json(ref("Message")) } },
      delete: { responses: { 204: { description: "" } } },
    },
    "/contacts": {
      get: {
        parameters: paged,
        responses: { 200: json(object({ results: { type: "array", items: ref("Contact") } })) },
      },
      post: {
        requestBody: bodyOf(object({ properties: { type: "object" } })),
        responses: { 201: json(ref("Contact")) },
      },
    },
    "/contacts/{contactId}": {
      parameters: [inPath("contactId")],
      get: { responses: { 200: json(ref("Contact")) } },
      patch: {
        requestBody: bodyOf(object({ properties: { type: "object" } })),
        responses: { 200: json(ref("Contact")) },
      },
    },
    "/contacts/search": {
      post: {
        requestBody: bodyOf(object({ page: { type: "integer" } }, [])),
        responses: { 200: json(object({ results: { type: "array", items: ref("Contact") } })) },
      },
    },
    "/plans/{plan}": {
      parameters: [inPath("plan")],
      get: { responses: { 200: json(ref("Plan")) } },
      delete: { responses: { 200: json(ref("Plan")) } },
    },
    "/plans/{plan}/cancel": {
      parameters: [inPath("plan")],
      post: { requestBody: bodyOf(object({ status: text }, [])), responses: { 200: json(ref("Plan")) } },
    },
    "/settings": {
      get: { responses: { 200: json(object({ theme: text })) } },
      put: { requestBody: bodyOf(object({ theme: text })), responses: { 204: { description: "" } } },
      delete: { responses: { 204: { description: "" } } },
    },
  },
};

/** The profile of the document. */
export const miscProfile: ProviderProfile = {
  ...acmeProfile,
  baseUrl: "https://x.test",
  pagination: [
    { kind: "link-header", items: "by-path" },
    { kind: "page-number", items: ["results"], into: { in: "body", name: "page" }, first: 1 },
  ],
};
