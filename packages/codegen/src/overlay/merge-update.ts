/** A value of the update cannot be merged into the value at `path`, because they are of different kinds. */
export class MergeConflict {
  readonly path: readonly string[];
  readonly reason: string;

  constructor(path: readonly string[], reason: string) {
    this.path = path;
    this.reason = reason;
  }
}

/**
 * Merges an update into an object, in place, as Overlay 1.0 requires and 1.1 defines in detail (section 4.4.3.1):
 * objects are merged, arrays are concatenated, other values are replaced. Returns the first conflict, and stops there.
 */
export function mergeUpdate(
  target: Record<string, unknown>,
  update: Record<string, unknown>,
): MergeConflict | undefined {
  for (const [key, value] of Object.entries(update)) {
    const conflict = mergeProperty(target, key, value);
    if (conflict !== undefined) return new MergeConflict([key, ...conflict.path], conflict.reason);
  }
  return undefined;
}

function mergeProperty(target: Record<string, unknown>, key: string, value: unknown): MergeConflict | undefined {
  const old = Object.hasOwn(target, key) ? target[key] : undefined;
  if (old === undefined) {
    // Each target gets its own copy. It is defined and not assigned, so that "__proto__" is a key like any other.
    Object.defineProperty(target, key, {
      value: structuredClone(value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
    return undefined;
  }
  if (kindOf(old) !== kindOf(value)) return new MergeConflict([], `is ${kindOf(old)}, the update has ${kindOf(value)}`);
  if (isObject(old) && isObject(value)) return mergeUpdate(old, value);
  if (Array.isArray(old) && Array.isArray(value)) old.push(...structuredClone(value));
  else target[key] = value;
  return undefined;
}

/** Whether a value is a JSON object, and not an array or a single value. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "a list" : isObject(value) ? "an object" : "a single value";
}
