import { isJsonObject, type JsonObject, objectIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import type { ApiOperation } from "./api-operation.js";
import { type Media, readMedia } from "./media-type.js";

/** A response of an operation: its key (`200`, `4XX`, `default`) and the media types of its body. */
export interface ApiResponse {
  readonly status: string;
  /** Empty if the response has no body. */
  readonly media: readonly Media[];
  /** The response object, with its reference resolved. */
  readonly json: JsonObject;
  /** What the document has for the body, also where none follows: that of a HEAD is what a GET would get. */
  readonly declared: readonly Media[];
}

/** The responses that carry data: 2xx, or `default` if the document has no 2xx. */
export function successResponses(operation: ApiOperation): ApiResponse[] {
  const all = readResponses(operation);
  const success = all.filter(({ status }) => /^2/.test(status));
  return success.length > 0 ? success : all.filter(({ status }) => status === "default");
}

/** The responses of a failure, with a body or without: all others but 1xx. */
export function failureResponses(operation: ApiOperation): ApiResponse[] {
  return readResponses(operation).filter(({ status }) => !/^[12]/.test(status));
}

/** The responses that carry an error: those of a failure that have a body. */
export function errorResponses(operation: ApiOperation): ApiResponse[] {
  return failureResponses(operation).filter(({ media }) => media.length > 0);
}

// RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5: responses with these statuses have no body, whatever the document says.
const BODILESS = /^(204|205|304)$/;

function readResponses(operation: ApiOperation): ApiResponse[] {
  return Object.entries(objectIn(operation.json, "responses")).flatMap(([status, source]) => {
    const response = followReference(operation.document, source);
    if (!/^([1-5](\d\d|XX)|default)$/i.test(status) || !isJsonObject(response)) return [];
    const isBodiless = BODILESS.test(status) || operation.method === "HEAD";
    const declared = readMedia(operation.document, response);
    return [{ status, media: isBodiless ? [] : declared, declared, json: response }];
  });
}
