import type { ApiOperation } from "./api-operation.js";
import { essenceOf, type Media } from "./media-type.js";
import { type ApiResponse, successResponses } from "./response-media.js";

/** The media type that clients ask for where the facts name no other. */
export const DEFAULT_ACCEPT = "application/json";

/**
 * The responses that carry data, each in the media types that the client asks for: `application/json` where the document has it,
 * else its other types of JSON, else all. A response in another type would not be what the client's types say.
 */
export function askedResponses(operation: ApiOperation): ApiResponse[] {
  return successResponses(operation).map((response) => ({ ...response, media: askedMedia(response.media) }));
}

function askedMedia(media: readonly Media[]): readonly Media[] {
  const json = media.filter(({ kind }) => kind === "json");
  const plain = json.filter(({ key }) => essenceOf(key) === DEFAULT_ACCEPT);
  // Several of them differ in a parameter only, such as a charset.
  return plain.length > 0 ? plain.slice(0, 1) : json.length > 0 ? json : media;
}

const MEDIA_RANGE = /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+(\s*;[ -~]+)?$/;

/** The header `Accept` of an operation; undefined where the document does not say what its responses are. */
export function acceptOf(operation: ApiOperation): string | undefined {
  const responses = askedResponses(operation);
  const received = responses.flatMap((response) => response.media);
  const media = received.length > 0 ? received : responses.flatMap(({ declared }) => askedMedia(declared));
  const isRead = operation.method === "GET" || operation.method === "OPTIONS";
  // A redirect leads to a file of any type.
  if (media.length === 0) return isRead && responses.length === 0 && hasResponses(operation) ? "*/*" : undefined;
  const types = media.map(({ key }) => (MEDIA_RANGE.test(key.trim()) ? key.trim() : "*/*"));
  return [...new Set(types.map((type) => type.replace(/\s*;\s*charset=[^;]*/i, "")))].join(", ");
}

function hasResponses({ json }: ApiOperation): boolean {
  return typeof json.responses === "object" && json.responses !== null && Object.keys(json.responses).length > 0;
}
