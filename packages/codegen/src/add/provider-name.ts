import { CodegenError } from "../errors/codegen-error.js";
import { objectIn, stringIn } from "../generate/document/json.js";
import { isDeviceName } from "../text/device-name.js";
import type { DraftInput } from "./draft.js";

const MAX_LENGTH = 40;

/**
 * Checks and returns the id of a provider, which becomes part of type names, package names and paths.
 * @throws CodegenError if it is not lower-case words joined by "-", or the name of a device on Windows.
 */
export function checkProviderId(id: string): string {
  if (isDeviceName(id)) throw new CodegenError(`The name of a connector must not be "${id}", a device on Windows.`);
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) return id;
  throw new CodegenError(
    `The name of a connector must be lower-case words joined by "-", such as "acme-billing", got "${id}".`,
  );
}

/** The display name of the provider: the title of the document without generic words, else the capitalized id. */
export function readProviderName({ id, document }: DraftInput): string {
  const title = stringIn(objectIn(document.json, "info"), "title") ?? "";
  const words = title
    // The title is written to code and Markdown, so everything that could end a comment, a string or a link is removed.
    .replace(/[^\p{L}\p{N} .&'+-]/gu, " ")
    .split(/\s+/)
    .filter(
      (word) =>
        word !== "" &&
        !/^(the|rest|restful|http|open|web|public|apis?|docs|documentation|specification|openapi|swagger|v?\d+(\.\d+)*)$/i.test(
          word,
        ),
    );
  const name = words.join(" ").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}.]+$/gu, "");
  return name !== "" && name.length <= MAX_LENGTH ? name : capitalize(id);
}

function capitalize(id: string): string {
  return id
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
