import { CodegenError } from "../errors/codegen-error.js";
import { decodeText } from "../text/decode-text.js";
import { FieldReader, type Fields } from "../text/field-reader.js";
import { parseYaml } from "../text/parse-yaml.js";
import { readRegularFile } from "../text/read-regular-file.js";
import { showPath } from "../text/show-path.js";
import { type Overlay, type OverlayAction, type RepairName, repairNames } from "./overlay.js";

// Written by hand. Ours have less than 50 kB.
const maxOverlayBytes = 16 * 1024 * 1024;
const overlayFields = ["overlay", "info", "extends", "actions"] as const;
const infoFields = ["title", "version"] as const;
const actionFields = ["target", "description", "update", "copy", "remove"] as const;

/**
 * Reads and checks an overlay file.
 * @throws CodegenError that lists every problem of the file.
 */
export async function readOverlay(file: string): Promise<Overlay> {
  let bytes: Uint8Array;
  try {
    bytes = await readRegularFile(file, maxOverlayBytes);
  } catch (cause) {
    throw new CodegenError(`The overlay ${showPath(file)} ${(cause as Error).message}.`, [], { cause });
  }
  return parseOverlay(decodeText(bytes, showPath(file)), showPath(file));
}

/**
 * Parses and checks the text of an overlay; `name` is the name of the file in messages.
 * @throws CodegenError that lists every problem of the text.
 */
export function parseOverlay(text: string, name: string): Overlay {
  const yaml = parseYaml(text, name);
  const reader = new FieldReader(name, yaml);
  const fields = reader.fields(yaml.value, [], { known: overlayFields, accepts: isExtension });
  reader.required(fields, "overlay", {
    pattern: /^1\.[01]\.\d+$/,
    description: "1.0.0 or 1.1.0, the supported versions of OpenAPI Overlay",
  });
  if (fields.values.info === undefined) reader.problem(fields, "info", "is missing.");
  else {
    const info = reader.fields(fields.values.info, ["info"], { known: infoFields, accepts: isExtension });
    for (const key of infoFields) reader.required(info, key);
  }
  const actions = reader.list(fields, "actions").map((value, index) => {
    const position = `${name}:${yaml.lineOf(["actions", index])} (actions[${index}])`;
    const action = reader.fields(value, ["actions", index], { known: actionFields, accepts: isExtension });
    return readAction(reader, action, position);
  });
  reader.throwIfWrong();
  return { actions };
}

function readAction(reader: FieldReader, fields: Fields, position: string): OverlayAction {
  const targetFormat = { pattern: /^\$/, description: 'a JSONPath that starts with "$"' };
  const target = reader.required(fields, "target", targetFormat) ?? "";
  const { remove, update } = fields.values;
  const copy = reader.text(fields, "copy", targetFormat);
  if (remove !== undefined && typeof remove !== "boolean") reader.problem(fields, "remove", "must be true or false.");
  // Overlay 1.0, Action Object: `update` has no effect if `remove` is true.
  if (remove === true) return { kind: "remove", target, position };
  const repair = reader.text(fields, "x-connectry-repair", {
    pattern: new RegExp(`^(?:${repairNames.join("|")})$`),
    description: `one of ${repairNames.join(", ")}`,
  });
  if (repair !== undefined) {
    if (update !== undefined || copy !== undefined)
      reader.problem(fields, "x-connectry-repair", "is next to `update` or `copy`. Write one action for each.");
    return { kind: "repair", target, repair: repair as RepairName, position };
  }
  if (copy !== undefined) {
    if (update !== undefined) reader.problem(fields, "copy", "is next to `update`. Write one action for each.");
    return { kind: "copy", target, copy, position };
  }
  if (update === undefined)
    reader.problem(fields, undefined, "changes nothing: it has neither `update` nor `copy` nor `remove: true`.");
  return { kind: "update", target, update, position };
}

function isExtension(key: string): boolean {
  return key.startsWith("x-");
}
