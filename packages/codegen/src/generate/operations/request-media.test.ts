import { expect, test } from "vitest";
import { onlyOperation, readProfile } from "../../../test/sample-input.js";
import { formEncoding } from "../facts/form-encoding.js";
import { requestMedia } from "./request-media.js";

const FORM = "application/x-www-form-urlencoded";

test.each([
  { body: "json", mediaTypes: ["application/json"], form: "json", key: "application/json" },
  { body: "json", mediaTypes: ["application/xml", FORM, "application/json"], form: "json", key: "application/json" },
  { body: "json", mediaTypes: ["multipart/form-data", FORM], form: "form-repeat", key: FORM },
  {
    body: "json",
    mediaTypes: ["application/octet-stream", "multipart/form-data"],
    form: "multipart",
    key: "multipart/form-data",
  },
  { body: "json", mediaTypes: ["text/plain", "application/pdf"], form: "raw", key: "text/plain" },
  { body: "json", mediaTypes: ["application/vnd.api+json"], form: "json", key: "application/vnd.api+json" },
  {
    body: "json",
    mediaTypes: ["application/json; charset=utf-8"],
    form: "json",
    key: "application/json; charset=utf-8",
  },
  { body: "form-brackets", mediaTypes: ["application/json", FORM], form: "form-brackets", key: FORM },
  { body: "form-json", mediaTypes: ["application/json", FORM], form: "form-json", key: FORM },
  { body: "form-brackets", mediaTypes: ["application/json"], form: "json", key: "application/json" },
  { body: "form-repeat", mediaTypes: ["multipart/form-data"], form: "multipart", key: "multipart/form-data" },
  {
    body: "multipart",
    mediaTypes: ["application/json", "multipart/form-data"],
    form: "multipart",
    key: "multipart/form-data",
  },
  { body: "json", mediaTypes: ["*/*"], form: "json", key: "*/*" },
])(
  "with $body in the profile, a body of $mediaTypes is sent as $key, encoded as $form",
  ({ body, mediaTypes, form, key }) => {
    const content = Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: "object" } }]));
    const profile = readProfile({ body });
    const found = requestMedia(onlyOperation({ requestBody: { content } }, { method: "post" }), profile);
    expect([found?.form, found?.media.key]).toEqual([form, key]);
  },
);

const list = { type: "array", items: { type: "string" } };
const fields = { tags: list, meta: { type: "object" }, ids: list, text: { type: "string" } };
const schema = { type: "object", properties: fields };

test.each<[title: string, profile: object, media: Record<string, object>, want: object]>([
  [
    "a JSON type of the document's own",
    {},
    { "application/merge-patch+json": {} },
    { contentType: "application/merge-patch+json" },
  ],
  ["plain JSON among others", {}, { "application/vnd.x.v2+json": {}, "application/json": {} }, {}],
  [
    "JSON of a version",
    {},
    { "application/vnd.x.v2+json": {}, "application/vnd.x.v1+json": {} },
    { contentType: "application/vnd.x.v2+json" },
  ],
  ["XML", {}, { "application/xml": {} }, { form: "raw", contentType: "application/xml" }],
  ["text", {}, { "text/csv": {} }, { form: "raw", contentType: "text/csv" }],
  ["bytes", {}, { "application/octet-stream": {} }, { form: "raw", contentType: "application/octet-stream" }],
  ["one kind of image", {}, { "image/png": {} }, { form: "raw", contentType: "image/png" }],
  ["images of which the caller has one", {}, { "image/png": {}, "image/jpeg": {} }, { form: "raw" }],
  ["a range", {}, { "image/*": {} }, { form: "raw" }],
  ["what would begin another header", {}, { "text/a\r\nx: y": {} }, { form: "raw" }],
  ["related parts", {}, { "multipart/related": {} }, { form: "multipart", contentType: "multipart/related" }],
  [
    "types of parts",
    {},
    {
      "multipart/form-data": {
        encoding: { meta: { contentType: "application/json" }, text: { contentType: "image/png, image/jpeg" } },
      },
    },
    { form: "multipart", encoding: [["meta", "application/json"]] },
  ],
  [
    "one field in brackets, one with commas, one as JSON",
    {},
    {
      [FORM]: {
        encoding: {
          meta: { style: "deepObject", explode: true },
          tags: { style: "form", explode: false },
          ids: { contentType: "application/json" },
          text: { style: "deepObject" },
        },
      },
    },
    {
      form: "form-repeat",
      encoding: [
        ["ids", "json"],
        ["meta", "brackets"],
        ["tags", "comma"],
      ],
    },
  ],
  [
    "fields like the profile's",
    { body: "form-brackets" },
    { [FORM]: { encoding: { meta: { style: "deepObject", explode: true } } } },
    { form: "form-brackets" },
  ],
])("the facts of a body in %s", (...row) => {
  const [, profile, media, want] = row;
  const content = Object.fromEntries(Object.entries(media).map(([key, more]) => [key, { schema, ...more }]));
  const operation = onlyOperation({ requestBody: { content } }, { method: "post" });
  const found = requestMedia(operation, readProfile(profile as never));
  const { form, contentType } = found ?? {};
  const encoding = found === undefined ? [] : formEncoding(operation, found);
  expect({ form, contentType, encoding }).toEqual({ form: "json", contentType: undefined, encoding: [], ...want });
});

test("a wildcard with a binary schema is sent as bytes", () => {
  const content = { "*/*": { schema: { type: "string", format: "binary" } } };
  expect(requestMedia(onlyOperation({ requestBody: { content } }, { method: "post" }), readProfile())?.form).toBe(
    "raw",
  );
});
