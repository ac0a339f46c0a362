import { expect, test } from "vitest";
import { onlyOperation } from "../testing/sample-input.js";
import { derivedName, suggestedName, toPascalCase } from "./operation-name.js";

test.each([
  ["GetCustomersCustomer", "GetCustomersCustomer"],
  ["actions/list-artifacts-for-repo", "ActionsListArtifactsForRepo"],
  ["chat_postMessage", "ChatPostMessage"],
  ["analyticsdata.properties.runReport", "AnalyticsdataPropertiesRunReport"],
  ["GET_access_settings-whitelist-rule_id", "GetAccessSettingsWhitelistRuleId"],
  ["retrieve-a-block", "RetrieveABlock"],
  ["2fa enable", "Operation2faEnable"],
  ["récupérer le client", "RecupererLeClient"],
  ["class", "Class"],
  ["default", "Default"],
  ["__proto__", "Proto"],
  ["constructor", "Constructor"],
  ["`$\u007Bprocess.exit()}`", "ProcessExit"],
  ["*/ alert(1) /*", "Alert1"],
  ["客户", undefined],
  ["", undefined],
])("the operationId %j suggests %j", (operationId, want) => {
  expect(suggestedName(onlyOperation({ operationId }))).toBe(want);
});

test.each([
  ["get", "/crm/v3/objects/contacts", "get-/crm/v3/objects/contacts_getPage", "CrmObjectsContactsGetPage"],
  [
    "get",
    "/crm/v3/objects/contacts/{contactId}",
    "get-/crm/v3/objects/contacts/{contactId}_getById",
    "CrmObjectsContactsGetById",
  ],
  [
    "post",
    "/crm/v3/objects/contacts/batch/read",
    "post-/crm/v3/objects/contacts/batch/read_read",
    "CrmObjectsContactsBatchRead",
  ],
  [
    "post",
    "/crm/v3/objects/contacts/search",
    "post-/crm/v3/objects/contacts/search_doSearch",
    "CrmObjectsContactsDoSearch",
  ],
  ["get", "/cms/v3/audit-logs/", "get-/cms/v3/audit-logs/_getPage", "CmsAuditLogsGetPage"],
  ["put", "/settings/{appId}", "put-/crm/v3/extensions/accounting/settings/{appId}", "PutSettings"],
])("the id %s %s with its path in it becomes words: %s", (method, path, operationId, want) => {
  expect(suggestedName(onlyOperation({ operationId }, { method, path }))).toBe(want);
});

test.each([
  ["get", "/v1/customers/{customer}", "GetV1CustomersByCustomer"],
  ["post", "/v1beta/{property}:runReport", "PostV1betaPropertyRunReport"],
  ["delete", "/", "Delete"],
] as const)("without an id, %s %s is called %s", (method, path, want) => {
  expect(derivedName(onlyOperation({}, { method, path }))).toBe(want);
});

test("a name never starts with a digit and holds ASCII letters and digits alone", () => {
  for (const id of ["9 lives", "ß", "a\u2028b", "\u0000", "😀 smile", "İstanbul"]) {
    const name = suggestedName(onlyOperation({ operationId: id })) ?? "None";
    expect(name).toMatch(/^[A-Z][A-Za-z0-9]*$/);
  }
  expect(toPascalCase("İstanbul ﬁne")).toBe("IstanbulFine");
});
