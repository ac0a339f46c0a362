import { expect, test } from "vitest";
import { itemsByPath } from "./items-by-path.js";

test.each<[path: string, page: unknown, want: readonly string[]]>([
  ["/messages", {}, ["messages"]],
  ["/2010-04-01/Accounts/{AccountSid}/Messages.json", {}, ["messages"]],
  ["/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json", {}, ["incoming_phone_numbers"]],
  ["/droplets/{id}/deploy-keys", {}, ["deploy_keys"]],
  ["/repos/{owner}/{repo}", {}, ["repos"]],
  ["/messages", [], []],
  ["/runs", { total: 1, check_runs: [] }, ["check_runs"]],
  ["/runs", { runs: [], check_runs: [] }, ["runs"]],
  ["/runs", { runs: null, check_runs: [] }, ["runs"]],
  ["/runs", { check_runs: [], warnings: [] }, ["runs"]],
  ["/runs", null, ["runs"]],
])("the list at path %s in the page %j is found at %j", (path, page, want) => {
  expect(itemsByPath(path, page)).toEqual(want);
});
