import { expect, test } from "vitest";
import { findIdName, findMatchingName } from "./match-name.js";

test.each([
  ["issue_number", ["id", "number", "title"], "number"],
  ["MessageSid", ["account_sid", "sid"], "sid"],
  ["Sid", ["account_sid", "sid"], "sid"],
  ["contactId", ["id", "properties"], "id"],
  ["team_slug", ["id", "name", "slug"], "slug"],
  ["name", ["id", "name"], "name"],
  ["customer", ["id", "object"], "id"],
  ["verification_id", ["verificationId", "id"], "verificationId"],
  [undefined, ["id"], "id"],
  ["username", ["login"], undefined],
])("the id of an object at {%s} with members %j is in %s", (parameter, names, expected) => {
  expect(findIdName(parameter, names)).toBe(expected);
});

test("names match in any case and with any separators, and an equal name takes precedence", () => {
  expect(findMatchingName("FriendlyName", ["sid", "friendly_name"])).toBe("friendly_name");
  expect(findMatchingName("to", ["To", "to"])).toBe("to");
  expect(findMatchingName("to", ["from"])).toBeUndefined();
});
