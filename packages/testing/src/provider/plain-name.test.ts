import { expect, test } from "vitest";
import { idName, likeName } from "./plain-name.js";

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
])("an object at {%s} that has %j is named by %s", (parameter, names, expected) => {
  expect(idName(parameter, names)).toBe(expected);
});

test("names are alike in every spelling, and the same spelling goes first", () => {
  expect(likeName("FriendlyName", ["sid", "friendly_name"])).toBe("friendly_name");
  expect(likeName("to", ["To", "to"])).toBe("to");
  expect(likeName("to", ["from"])).toBeUndefined();
});
