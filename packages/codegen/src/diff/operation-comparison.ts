import type { NamedOperation } from "../generate/operations/api-operation.js";
import type { SchemaComparison } from "./compare-schemas.js";
import type { Owner, Recorder } from "./recorder.js";
import type { Versions } from "./versions.js";

/** Two versions of one operation, and where their differences are recorded. */
export interface OperationComparison extends Versions<NamedOperation> {
  readonly owner: Owner;
  readonly recorder: Recorder;
  readonly schemas: SchemaComparison;
}
