import { expect, test } from "vitest";
import { onlyOperation, readProfile } from "../testing/sample-input.js";
import { requestMedia } from "./request-media.js";

const FORM = "application/x-www-form-urlencoded";

test.each([
  ["json", ["application/json"], "json", "application/json"],
  ["json", ["application/xml", FORM, "application/json"], "json", "application/json"],
  ["json", ["multipart/form-data", FORM], "form-repeat", FORM],
  ["json", ["application/octet-stream", "multipart/form-data"], "multipart", "multipart/form-data"],
  ["json", ["text/plain", "application/pdf"], "raw", "text/plain"],
  ["json", ["application/vnd.api+json"], "json", "application/vnd.api+json"],
  ["json", ["application/json; charset=utf-8"], "json", "application/json; charset=utf-8"],
  ["form-brackets", ["application/json", FORM], "form-brackets", FORM],
  ["form-json", ["application/json", FORM], "form-json", FORM],
  ["form-brackets", ["application/json"], "json", "application/json"],
  ["form-repeat", ["multipart/form-data"], "multipart", "multipart/form-data"],
  ["multipart", ["application/json", "multipart/form-data"], "multipart", "multipart/form-data"],
  ["json", ["*/*"], "json", "*/*"],
])("a %s profile sends one of %j as %s", (body, mediaTypes, form, key) => {
  const content = Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: "object" } }]));
  const profile = readProfile({ body });
  const found = requestMedia(onlyOperation({ requestBody: { content } }, { method: "post" }), profile);
  expect([found?.form, found?.media.key]).toEqual([form, key]);
});

test("a form whose encoding says deepObject has brackets, where the profile knows no form", () => {
  const content = {
    [FORM]: { schema: { type: "object" }, encoding: { metadata: { style: "deepObject", explode: true } } },
  };
  expect(requestMedia(onlyOperation({ requestBody: { content } }, { method: "post" }), readProfile())?.form).toBe(
    "form-brackets",
  );
});

test("a wildcard with a binary schema is bytes", () => {
  const content = { "*/*": { schema: { type: "string", format: "binary" } } };
  expect(requestMedia(onlyOperation({ requestBody: { content } }, { method: "post" }), readProfile())?.form).toBe(
    "raw",
  );
});
