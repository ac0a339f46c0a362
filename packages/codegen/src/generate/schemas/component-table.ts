import { CodegenError } from "../../codegen-error.js";
import { formatPointer, parsePointer } from "../../document/json-pointer.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { objectIn } from "../document/json.js";
import { findReference } from "../document/reference.js";

/** The sections of a document's components that types are made from. */
export const SECTIONS = ["schemas", "responses", "parameters", "requestBodies", "headers"] as const;
/** One of them. */
export type Section = (typeof SECTIONS)[number];

/** A component to be written: what it is called in the copy, and where it stands in the document. */
export interface Component {
  readonly section: Section;
  readonly name: string;
  readonly reference: string;
}

/**
 * The components of the cleaned copy of a document. Each keeps its name where OpenAPI allows it; a reference to any
 * other place (`#/paths/.../schema`) makes that place a component of its own, because a type can only refer to those.
 */
export class ComponentTable {
  readonly #document: LoadedDocument;
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #pending: Component[] = [];

  constructor(document: LoadedDocument) {
    this.#document = document;
    const components = objectIn(document.json, "components");
    const all = SECTIONS.flatMap((section) =>
      Object.keys(objectIn(components, section)).map((name) => ({ section, name })),
    );
    // Proper names first: what has to be renamed makes way for what has not.
    for (const { section, name } of all)
      if (name === safeName(name)) this.#add(section, ["components", section, name], name);
    for (const { section, name } of all)
      if (name !== safeName(name)) this.#add(section, ["components", section, name], name);
  }

  /** The reference to use in the copy for one of the document. */
  reference(section: Section, reference: string): string {
    const segments = parsePointer(reference);
    if (segments === undefined || segments.length === 0) {
      throw new CodegenError(
        `Document "${this.#document.name}" (${this.#document.origin}): ${reference} does not lead to a part of the document.`,
      );
    }
    const known = this.#names.get(keyOf(section, segments));
    return `#/components/${section}/${known ?? this.#add(section, segments, segments.join("."))}`;
  }

  /** Whether the document has such a place at all. */
  holds(reference: string): boolean {
    return findReference(this.#document, reference) !== undefined;
  }

  /** The next component to be written, until there is none: writing one can ask for more. */
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
