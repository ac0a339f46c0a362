import { expect, test } from "vitest";
import { onlyOperation } from "../../../test/sample-input.js";
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
])("the name that the operationId %j suggests is %j", (operationId, want) => {
  expect(suggestedName(onlyOperation({ operationId }))).toBe(want);
});

test.each([
  {
    method: "get",
    path: "/crm/v3/objects/contacts",
    operationId: "get-/crm/v3/objects/contacts_getPage",
    want: "CrmObjectsContactsGetPage",
  },
  {
    method: "get",
    path: "/crm/v3/objects/contacts/{contactId}",
    operationId: "get-/crm/v3/objects/contacts/{contactId}_getById",
    want: "CrmObjectsContactsGetById",
  },
  {
    method: "post",
    path: "/crm/v3/objects/contacts/batch/read",
    operationId: "post-/crm/v3/objects/contacts/batch/read_read",
    want: "CrmObjectsContactsBatchRead",
  },
  {
    method: "post",
    path: "/crm/v3/objects/contacts/search",
    operationId: "post-/crm/v3/objects/contacts/search_doSearch",
    want: "CrmObjectsContactsDoSearch",
  },
  {
    method: "get",
    path: "/cms/v3/audit-logs/",
    operationId: "get-/cms/v3/audit-logs/_getPage",
    want: "CmsAuditLogsGetPage",
  },
  {
    method: "put",
    path: "/settings/{appId}",
    operationId: "put-/crm/v3/extensions/accounting/settings/{appId}",
    want: "PutSettings",
  },
])("the name for $operationId, an id that contains the path, is $want", ({ method, path, operationId, want }) => {
  expect(suggestedName(onlyOperation({ operationId }, { method, path }))).toBe(want);
});

test.each([
  ["get", "/v1/customers/{customer}", "GetV1CustomersByCustomer"],
  ["post", "/v1beta/{property}:runReport", "PostV1betaPropertyRunReport"],
  ["delete", "/", "Delete"],
] as const)("without an id, the name of %s %s is %s", (method, path, want) => {
  expect(derivedName(onlyOperation({}, { method, path }))).toBe(want);
});

test("a name never starts with a digit, and has only ASCII letters and digits", () => {
  for (const id of ["9 lives", "ß", "a\u2028b", "\u0000", "😀 smile", "İstanbul"]) {
    const name = suggestedName(onlyOperation({ operationId: id })) ?? "None";
    expect(name).toMatch(/^[A-Z][A-Za-z0-9]*$/);
  }
  expect(toPascalCase("İstanbul ﬁne")).toBe("IstanbulFine");
});
