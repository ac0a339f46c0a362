import { readFile } from "node:fs/promises";
import { CodegenError } from "../codegen-error.js";
import { decodeText } from "../text/decode-text.js";
import { FieldReader, type Fields } from "../text/field-reader.js";
import { parseYaml } from "../text/parse-yaml.js";
import { showPath } from "../text/show-path.js";
import type { Overlay, OverlayAction } from "./overlay.js";

const overlayFields = ["overlay", "info", "extends", "actions"] as const;
const infoFields = ["title", "version"] as const;
const actionFields = ["target", "description", "update", "remove"] as const;

/** Reads and checks an overlay file. Throws one error that lists everything wrong with it. */
export async function readOverlay(file: string): Promise<Overlay> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new CodegenError(
      `The overlay ${showPath(file)} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      [],
      { cause },
    );
  }
  return parseOverlay(decodeText(bytes, showPath(file)), showPath(file));
}

/** Checks the text of an overlay; `name` is the file in messages. */
export function parseOverlay(text: string, name: string): Overlay {
  const yaml = parseYaml(text, name);
  const reader = new FieldReader(name, yaml);
  const fields = reader.fields(yaml.value, [], overlayFields, isExtension);
  reader.required(fields, "overlay", /^1\.0\.\d+$/, "1.0.0, the version of OpenAPI Overlay that is understood");
  if (fields.values.info === undefined) reader.problem(fields, "info", "is missing.");
  else {
    const info = reader.fields(fields.values.info, ["info"], infoFields, isExtension);
    for (const key of infoFields) reader.required(info, key);
  }
  const actions = reader.list(fields, "actions").map((value, index) => {
    const place = `${name}:${yaml.lineOf(["actions", index])} (actions[${index}])`;
    return readAction(reader, reader.fields(value, ["actions", index], actionFields, isExtension), place);
  });
  reader.throwIfWrong();
  return { actions };
}

function readAction(reader: FieldReader, fields: Fields, place: string): OverlayAction {
  const target = reader.required(fields, "target", /^\$/, 'a JSONPath that starts with "$"') ?? "";
  const { remove, update } = fields.values;
  if (remove !== undefined && typeof remove !== "boolean") reader.problem(fields, "remove", "must be true or false.");
  // The specification: update has no effect beside `remove: true`.
  if (remove === true) return { kind: "remove", target, place };
  if (update === undefined)
    reader.problem(fields, undefined, "changes nothing: it has neither `update` nor `remove: true`.");
  return { kind: "update", target, update, place };
}

function isExtension(key: string): boolean {
  return key.startsWith("x-");
}
