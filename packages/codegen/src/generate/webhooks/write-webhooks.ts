import type { LoadedDocument } from "../../document/loaded-document.js";
import type { WebhookFacts } from "../../spec/webhook-facts.js";
import { toPascalCase } from "../operations/operation-name.js";
import { writeDocComment } from "../write/doc-comment.js";
import { GENERATED } from "../write/header.js";
import { writeKey, writeText } from "../write/literal.js";
import { type ApiEvent, readEvents } from "./read-events.js";

function schemaType(name: string): string {
  return `components["schemas"][${writeText(name)}]`;
}

/**
 * The type `owner` with another type at a path. What is there is omitted and not merely intersected: a document says
 * that it is an object of any fields, and with these a misspelled field would be accepted.
 */
function replaced(owner: string, [step = "", ...rest]: readonly string[], type: string): string {
  const inner = rest.length === 0 ? type : replaced(`NonNullable<${owner}[${writeText(step)}]>`, rest, type);
  return `Omit<${owner}, ${writeText(step)}> & { ${writeKey(step)}: ${inner} }`;
}

function writeEnvelope({ envelope, object }: Extract<WebhookFacts, { kind: "names" }>): string {
  const event = object.length === 0 ? "Envelope & About" : replaced("Envelope", object, "About");
  return `type Envelope = ${schemaType(envelope)};
type Event<Type, About> = ${event} & { type: Type };

`;
}

function eventType({ name, schema }: ApiEvent, facts: WebhookFacts): string {
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
export function writeWebhooks(documents: readonly LoadedDocument[], facts: WebhookFacts, id: string): string {
  const [document] = documents as readonly [LoadedDocument, ...LoadedDocument[]];
  const events = readEvents(document, facts);
  const members = events.map(
    (event) =>
      `${indented(writeDocComment([event.text], false))}  ${writeKey(event.name)}: ${eventType(event, facts)};\n`,
  );
  const groups = new Map<string, string[]>();
  const names = new Set(events.map(({ name }) => name));
  for (const event of events) {
    if (event.group === undefined || names.has(event.group)) continue;
    groups.set(event.group, [...(groups.get(event.group) ?? []), eventType(event, facts)]);
  }
  const wider = [...groups].map(([name, types]) => `  ${writeKey(name)}: ${[...new Set(types)].join(" | ")};\n`);
  const envelope = facts.kind === "names" ? writeEnvelope(facts) : "";
  const body = `${envelope}export interface ${toPascalCase(id)}Events {\n${[...members, ...wider].join("")}}\n`;
  const components = body.includes('components["schemas"]')
    ? `import type { components } from "./schemas/${document.name}.js";\n\n`
    : "";
  return `${GENERATED}${components}${body}`;
}
