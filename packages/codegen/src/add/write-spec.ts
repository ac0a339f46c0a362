import { relative } from "node:path";
import { stringify } from "yaml";
import { type ConnectorPlace, posix } from "./connector-place.js";

/** A document's pin, as a new spec.yaml has it. */
export interface NewPin {
  readonly source: string;
  readonly sha256: string;
  readonly integrity?: string;
}

/** spec.yaml: where the document comes from, by hash. */
export function writeSpec(id: string, name: string, place: ConnectorPlace, pin: NewPin): string {
  const from = (path: string) => scalar(posix(relative(place.specs, path)));
  const integrity = pin.integrity === undefined ? "" : `    integrity: ${pin.integrity}\n`;
  return `# Where the OpenAPI document of ${name} comes from. \`connectry pull ${id}\` fetches it and checks its hash.
profile: ${from(`${place.source}/profile.ts`)}
output: ${from(`${place.source}/generated`)}
documents:
  - name: ${id}
    source: ${scalar(pin.source)}
${integrity}    sha256: ${pin.sha256}
`;
}

/** A text as YAML, in quotes where it needs them. */
function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trim();
}
