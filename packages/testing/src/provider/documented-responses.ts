import type { DocumentContent, DocumentOperation } from "../document/operation.js";

/** The response of an operation that the document describes for one status. */
export interface DocumentedResponse {
  readonly status: number;
  readonly content: DocumentContent | undefined;
}

/** Whether a body of this media type is JSON. */
export const isJsonContent = ({ mediaType }: DocumentContent) => /[/+]json\b/.test(mediaType) || mediaType === "*/*";

function preferJson(contents: readonly DocumentContent[]): DocumentContent | undefined {
  return contents.find(isJsonContent) ?? contents[0];
}

/** The successful response of an operation: its lowest 2xx status, else its lowest 3xx status, else `default` as a 200. */
export function successResponse(operation: DocumentOperation): DocumentedResponse {
  const responses = operation.responses();
  const exact = [...responses.keys()].filter((status) => /^\d{3}$/.test(status)).sort();
  const status = exact.find((one) => one.startsWith("2")) ?? [...responses.keys()].find((one) => /^2xx$/i.test(one));
  if (status !== undefined)
    return { status: Number(status.replace(/xx/i, "00")), content: preferJson(responses.get(status) ?? []) };
  // `default` is often the error, as in HubSpot's documents, so that a redirect is preferred.
  const redirect = exact.find((one) => one.startsWith("3"));
  if (redirect !== undefined) return { status: Number(redirect), content: preferJson(responses.get(redirect) ?? []) };
  return { status: 200, content: preferJson(responses.get("default") ?? []) };
}

/** The JSON body of an error that the document describes for a status. */
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
