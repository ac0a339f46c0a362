export { ClaimLostError } from "./claim-lost-error.js";
export { createInboxTable } from "./inbox-table.js";
export type { SqlClient } from "./sql-client.js";
export { type SqlInbox, type SqlInboxOptions, sqlInbox } from "./sql-inbox.js";
