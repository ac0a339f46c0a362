import { formatPointer, parsePointer } from "../../document/json-pointer.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { CodegenError } from "../../errors/codegen-error.js";
import { objectIn } from "../document/json.js";
import { findReference } from "../document/reference.js";

/** The sections of a document's components that types are generated from. */
export const SECTIONS = ["schemas", "responses", "parameters", "requestBodies", "headers"] as const;
/** A section of a document's components. */
export type Section = (typeof SECTIONS)[number];

/** A component to write: its name in the copy, and the reference to it in the document. */
export interface Component {
  readonly section: Section;
  readonly name: string;
  readonly reference: string;
}

/**
 * The components of the cleaned copy of a document. Each keeps its name if OpenAPI allows it. A reference to any other
 * part of the document (`#/paths/.../schema`) makes that part a component, because a type can only refer to components.
 */
export class ComponentTable {
  readonly document: LoadedDocument;
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #pending: Component[] = [];

  constructor(document: LoadedDocument) {
    this.document = document;
    const components = objectIn(document.json, "components");
    const all = SECTIONS.flatMap((section) =>
      Object.keys(objectIn(components, section)).map((name) => ({ section, name })),
    );
    // Valid names come first, so that no other name takes one of them.
    for (const { section, name } of all)
      if (name === safeName(name)) this.#add(section, ["components", section, name], name);
    for (const { section, name } of all)
      if (name !== safeName(name)) this.#add(section, ["components", section, name], name);
  }

  /**
   * The reference in the copy for a reference in the document.
   * @throws CodegenError if it is not a JSON Pointer to a part of the document.
   */
  reference(section: Section, reference: string): string {
    const segments = parsePointer(reference);
    if (segments === undefined || segments.length === 0) {
      throw new CodegenError(
        `Document "${this.document.name}" (${this.document.origin}): ${reference} does not point to a part of the document.`,
      );
    }
    const known = this.#names.get(keyOf(section, segments));
    return `#/components/${section}/${known ?? this.#add(section, segments, segments.join("."))}`;
  }

  /** Whether the reference can be resolved. */
  canResolve(reference: string): boolean {
    return findReference(this.document, reference) !== undefined;
  }

  /** Removes and returns the next component to write, until there is none. Writing a component can add others. */
  next(): Component | undefined {
    return this.#pending.shift();
  }

  #add(section: Section, segments: readonly string[], wanted: string): string {
    const base = safeName(wanted);
    let name = base;
    for (let count = 2; this.#taken.has(`${section} ${name}`); count += 1) name = `${base}_${count}`;
    this.#taken.add(`${section} ${name}`);
    this.#names.set(keyOf(section, segments), name);
    this.#pending.push({
      section,
      name,
      reference: formatPointer(segments.map((segment) => segment.replaceAll("%", "%25"))),
    });
    return name;
  }
}

// https://spec.openapis.org/oas/v3.1.0#components-object: keys match ^[a-zA-Z0-9\.\-_]+$
function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, "_") || "_";
}

function keyOf(section: Section, segments: readonly string[]): string {
  return JSON.stringify([section, ...segments]);
}
