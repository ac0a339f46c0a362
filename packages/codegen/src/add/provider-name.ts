import { CodegenError } from "../codegen-error.js";
import { objectIn, stringIn } from "../generate/document/json.js";
import type { DraftInput } from "./draft.js";

const MAX_LENGTH = 40;

/** Refuses a name that can be no id: ids stand in type names, packages and folders. */
export function checkProviderId(id: string): string {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) return id;
  throw new CodegenError(
    `"${id}" cannot name a connector: use lower-case words joined by "-", such as "acme-billing".`,
  );
}

/** What people call the provider: the document's title without what every title says, else the id. */
export function readProviderName({ id, document }: DraftInput): string {
  const title = stringIn(objectIn(document.json, "info"), "title") ?? "";
  const words = title
    // The title goes into code and Markdown: what could end a comment, a text or a link is left out.
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
  return name !== "" && name.length <= MAX_LENGTH ? name : capitalised(id);
}

function capitalised(id: string): string {
  return id
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
