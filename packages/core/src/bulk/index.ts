export { type BulkInit, type BulkOutcome, bulk, type SendItem } from "./bulk.js";
export { type BulkLog, type ItemState, memoryLog } from "./bulk-log.js";
export type { BulkOptions, BulkProgress } from "./bulk-options.js";
export { BulkStoppedError } from "./bulk-stopped-error.js";
export { fileLog } from "./file-log.js";
