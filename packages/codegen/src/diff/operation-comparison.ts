import type { NamedOperation } from "../generate/operations/api-operation.js";
import type { Owner, Recorder } from "./changes/recorder.js";
import type { Versions } from "./changes/versions.js";
import type { SchemaComparison } from "./schemas/compare-schemas.js";

/** Two versions of one operation, and where their differences are recorded. */
export interface OperationComparison extends Versions<NamedOperation> {
  readonly owner: Owner;
  readonly recorder: Recorder;
  readonly schemas: SchemaComparison;
}
