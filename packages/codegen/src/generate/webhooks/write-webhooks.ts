import type { LoadedDocument } from "../../document/loaded-document.js";
import type { WebhookFacts } from "../../spec/webhook-facts.js";
import { toPascalCase } from "../operations/operation-name.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { writeDocComment } from "../write/doc-comment.js";
import { GENERATED } from "../write/header.js";
import { writeKey, writeText } from "../write/literal.js";
import { type ApiEvent, readEvents } from "./read-events.js";

// Deliveries are JSON text in queues and logs, which has no bigints.
const DELIVERED = `/** What a delivery has: a 64-bit integer is the text of its digits where a number does not hold them. */
type Delivered<T> = T extends bigint ? string : T extends object ? { [Key in keyof T]: Delivered<T[Key]> } : T;

`;

/** The type of a schema in a delivery. */
type SchemaType = (name: string) => string;

/**
 * The type `owner` with another type at a path. What is there is omitted and not merely intersected: a document says
 * that it is an object of any fields, and with these a misspelled field would be accepted.
 */
function replaced(owner: string, [step = "", ...rest]: readonly string[], type: string): string {
  const inner = rest.length === 0 ? type : replaced(`NonNullable<${owner}[${writeText(step)}]>`, rest, type);
  return `Omit<${owner}, ${writeText(step)}> & { ${writeKey(step)}: ${inner} }`;
}

function writeEnvelope({ envelope, object }: Extract<WebhookFacts, { kind: "names" }>, schemaType: SchemaType): string {
  const event = object.length === 0 ? "Envelope & About" : replaced("Envelope", object, "About");
  return `type Envelope = ${schemaType(envelope)};
type Event<Type, About> = ${event} & { type: Type };

`;
}

function eventType({ name, schema }: ApiEvent, facts: WebhookFacts, schemaType: SchemaType): string {
  if (facts.kind === "entries") return schema === undefined ? "unknown" : schemaType(schema);
  const type = writeText(name);
  return schema === undefined ? `Envelope & { type: ${type} }` : `Event<${type}, ${schemaType(schema)}>`;
}

function indented(comment: string): string {
  return comment.replace(/^(?=.)/gm, "  ");
}

/**
 * The events that a provider delivers, as an interface from their names to the types of their deliveries. The compiler
 * computes only the types that a program looks up.
 */
export function writeWebhooks(
  documents: readonly LoadedDocument[],
  facts: WebhookFacts,
  { id, int64 }: Pick<GeneratorProfile, "id" | "int64">,
): string {
  const [document] = documents as readonly [LoadedDocument, ...LoadedDocument[]];
  const events = readEvents(document, facts);
  const schemaType = (name: string) => {
    const type = `components["schemas"][${writeText(name)}]`;
    return int64 === "bigint" ? `Delivered<${type}>` : type;
  };
  const typeOf = (event: ApiEvent) => eventType(event, facts, schemaType);
  const members = events.map(
    (event) => `${indented(writeDocComment([event.text], false))}  ${writeKey(event.name)}: ${typeOf(event)};\n`,
  );
  const groups = new Map<string, string[]>();
  const names = new Set(events.map(({ name }) => name));
  for (const event of events) {
    if (event.group === undefined || names.has(event.group)) continue;
    groups.set(event.group, [...(groups.get(event.group) ?? []), typeOf(event)]);
  }
  const wider = [...groups].map(([name, types]) => `  ${writeKey(name)}: ${[...new Set(types)].join(" | ")};\n`);
  const envelope = facts.kind === "names" ? writeEnvelope(facts, schemaType) : "";
  const body = `${envelope}export interface ${toPascalCase(id)}Events {\n${[...members, ...wider].join("")}}\n`;
  const components = body.includes('components["schemas"]')
    ? `import type { components } from "./schemas/${document.name}.js";\n\n`
    : "";
  const delivered = body.includes("Delivered<") ? DELIVERED : "";
  return `${GENERATED}${components}${delivered}${body}`;
}
