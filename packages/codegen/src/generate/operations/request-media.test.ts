import { expect, test } from "vitest";
import { onlyOperation, readProfile } from "../../../test/sample-input.js";
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

test("a form with a deepObject encoding uses brackets if the profile names no form", () => {
  const content = {
    [FORM]: { schema: { type: "object" }, encoding: { metadata: { style: "deepObject", explode: true } } },
  };
  expect(requestMedia(onlyOperation({ requestBody: { content } }, { method: "post" }), readProfile())?.form).toBe(
    "form-brackets",
  );
});

test("a wildcard with a binary schema is sent as bytes", () => {
  const content = { "*/*": { schema: { type: "string", format: "binary" } } };
  expect(requestMedia(onlyOperation({ requestBody: { content } }, { method: "post" }), readProfile())?.form).toBe(
    "raw",
  );
});
