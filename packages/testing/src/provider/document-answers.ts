import type { DocumentContent, DocumentOperation } from "../document/operation.js";

/** The answer of an operation that the document describes for one status. */
export interface DocumentAnswer {
  readonly status: number;
  readonly content: DocumentContent | undefined;
}

/** Whether a body of this media type is JSON. */
export const isJsonContent = ({ mediaType }: DocumentContent) => /[/+]json\b/.test(mediaType) || mediaType === "*/*";

function pick(contents: readonly DocumentContent[]): DocumentContent | undefined {
  return contents.find(isJsonContent) ?? contents[0];
}

/** The answer of success: the lowest 2xx, else what the document has instead. */
export function successAnswer(operation: DocumentOperation): DocumentAnswer {
  const responses = operation.responses();
  const exact = [...responses.keys()].filter((status) => /^\d{3}$/.test(status)).sort();
  const status = exact.find((one) => one.startsWith("2")) ?? [...responses.keys()].find((one) => /^2xx$/i.test(one));
  if (status !== undefined)
    return { status: Number(status.replace(/xx/i, "00")), content: pick(responses.get(status) ?? []) };
  // HubSpot's and others' `default` is the error, so another exact status is the better guess.
  // What a document says of errors alone is no answer of success either.
  const other = exact.find((one) => one.startsWith("3"));
  if (other !== undefined) return { status: Number(other), content: pick(responses.get(other) ?? []) };
  return { status: 200, content: pick(responses.get("default") ?? []) };
}

/** The body of an error that the document describes for a status, if it is JSON. */
export function errorContent(operation: DocumentOperation | undefined, status: number): DocumentContent | undefined {
  const responses = operation?.responses();
  const range = `${String(status).charAt(0)}XX`;
  const contents =
    responses?.get(String(status)) ??
    responses?.get(range) ??
    responses?.get(range.toLowerCase()) ??
    responses?.get("default");
  return contents?.find(isJsonContent);
}
