import type { Rule } from "../rules/rule.js";
import type { AffectedCalls, Change, Side } from "./change.js";

/** What a change belongs to: an operation, or a schema that operations share. */
export interface Owner {
  /** `GET /pets`, or `schema Pet`. */
  readonly title: string;
  readonly isOperation: boolean;
}

/** A difference that a comparison found. */
export interface Finding extends FindingDetails {
  readonly side: Side;
  /** `parameter-became-required` */
  readonly ruleName: string;
  readonly rule: Rule;
  /** Where in the owner: `query parameter limit`; empty for all of it. */
  readonly location: string;
}

/** The optional part of a finding. */
export interface FindingDetails {
  /** The old and the new value, or the name of what was added or removed: it follows the text of the rule. */
  readonly detail?: string | undefined;
  /** @default { kind: "unknown" } */
  readonly affectedCalls?: AffectedCalls | undefined;
}

/** Records findings by owner, and from which owners each shared schema is used. */
export class Recorder {
  readonly #recorded: { readonly owner: Owner; readonly change: Omit<Change, "owner" | "operations"> }[] = [];
  readonly #sharedSchemas = new Map<Owner, Set<Owner>>();

  /** Records a finding, with the level that its rule has for the side. */
  record(owner: Owner, { side, ruleName, rule, location, detail, affectedCalls }: Finding): void {
    const change = {
      rule: ruleName,
      level: side === "response" ? rule.response : rule.request,
      side,
      location,
      text: detail ? `${rule.text}: ${detail}` : rule.text,
      affectedCalls: affectedCalls ?? { kind: "unknown" as const },
    };
    this.#recorded.push({ owner, change });
  }

  /** Records that an owner uses a shared schema. */
  recordUse(owner: Owner, sharedSchema: Owner): void {
    const known = this.#sharedSchemas.get(owner) ?? new Set();
    this.#sharedSchemas.set(owner, known.add(sharedSchema));
  }

  /** All changes, each with the operations that it affects. */
  changes(): Change[] {
    const operations = this.#operationsBySchema();
    return this.#recorded.map(({ owner, change }) => ({
      ...change,
      owner: owner.title,
      operations: owner.isOperation ? [owner.title] : [...(operations.get(owner) ?? [])].sort(),
    }));
  }

  /** The operations that use each shared schema, directly or through other schemas. */
  #operationsBySchema(): ReadonlyMap<Owner, ReadonlySet<string>> {
    const found = new Map<Owner, Set<string>>();
    for (const operation of this.#sharedSchemas.keys()) {
      if (!operation.isOperation) continue;
      const seen = new Set<Owner>();
      const pending = [operation];
      for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        for (const schema of this.#sharedSchemas.get(next) ?? []) {
          if (seen.has(schema)) continue;
          seen.add(schema);
          found.set(schema, (found.get(schema) ?? new Set()).add(operation.title));
          pending.push(schema);
        }
      }
    }
    return found;
  }
}
