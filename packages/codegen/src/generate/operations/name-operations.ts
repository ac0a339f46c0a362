import { createHash } from "node:crypto";
import { CodegenError } from "../../errors/codegen-error.js";
import { type ApiOperation, type NamedOperation, operationKey } from "./api-operation.js";
import { derivedName, suggestedName, toPascalCase } from "./operation-name.js";
import { compareOperations } from "./read-operations.js";

/**
 * Gives every operation of all documents a unique name, and sorts them by path and method. If names collide, all of the
 * colliding operations get a longer name: with the document's name as a prefix (if there are several documents), or
 * else derived from method and path. So no name depends on the order of the operations.
 * @throws CodegenError if two documents have the same method and path.
 */
export function nameOperations(operations: readonly ApiOperation[]): NamedOperation[] {
  rejectDuplicates(operations);
  const severalDocuments = new Set(operations.map((operation) => operation.document.name)).size > 1;
  const named = operations.map((operation) => ({ operation, candidates: candidateNames(operation, severalDocuments) }));
  for (let settled = false; !settled; ) {
    const uses = new Map<string, number>();
    for (const { candidates } of named) uses.set(candidates[0] ?? "", (uses.get(candidates[0] ?? "") ?? 0) + 1);
    const colliding = named.filter(({ candidates }) => candidates.length > 1 && uses.get(candidates[0] ?? "") !== 1);
    for (const { candidates } of colliding) candidates.shift();
    settled = colliding.length === 0;
  }
  return named
    .map(({ operation, candidates }) => ({ ...operation, name: candidates[0] ?? "" }))
    .sort(compareOperations);
}

function candidateNames(operation: ApiOperation, severalDocuments: boolean): string[] {
  const suggested = suggestedName(operation);
  const derived = derivedName(operation);
  const names = [suggested ?? derived];
  if (severalDocuments) names.push(asName(toPascalCase(operation.document.name)) + (suggested ?? derived));
  const hash = createHash("sha256").update(operationKey(operation)).digest("hex").slice(0, 8);
  names.push(derived, `${derived}_${hash}`);
  return names;
}

function asName(text: string): string {
  return /^[0-9]/.test(text) ? `Document${text}` : text;
}

function rejectDuplicates(operations: readonly ApiOperation[]): void {
  const seen = new Map<string, ApiOperation>();
  for (const operation of operations) {
    const key = operationKey(operation);
    const other = seen.get(key);
    if (other !== undefined) {
      throw new CodegenError(
        `${key} is in two documents: "${other.document.name}" and "${operation.document.name}". Remove it from one of them with an overlay.`,
        [
          `${other.document.name}: ${other.document.origin}`,
          `${operation.document.name}: ${operation.document.origin}`,
        ],
      );
    }
    seen.set(key, operation);
  }
}
