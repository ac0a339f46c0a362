import { relative } from "node:path";
import { stringify } from "yaml";
import { type ConnectorLocation, toPosixPath } from "./connector-location.js";

/** The pin of a document in a new spec.yaml. */
export interface NewPin {
  readonly source: string;
  readonly sha256: string;
  readonly integrity?: string;
}

/** What a spec.yaml is written from. */
export interface SpecInput {
  readonly id: string;
  /** The display name of the provider. */
  readonly name: string;
  readonly location: ConnectorLocation;
  readonly pin: NewPin;
}

/** The text of spec.yaml. */
export function writeSpec({ id, name, location, pin }: SpecInput): string {
  const relativePath = (path: string) => toYamlScalar(toPosixPath(relative(location.specs, path)));
  const integrity = pin.integrity === undefined ? "" : `    integrity: ${pin.integrity}\n`;
  return `# The source of the OpenAPI document of ${name}. \`connectry pull ${id}\` fetches it and verifies its hash.
profile: ${relativePath(`${location.source}/profile.ts`)}
output: ${relativePath(`${location.source}/generated`)}
documents:
  - name: ${id}
    source: ${toYamlScalar(pin.source)}
${integrity}    sha256: ${pin.sha256}
`;
}

/** A text as YAML, quoted if necessary. */
function toYamlScalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trim();
}
