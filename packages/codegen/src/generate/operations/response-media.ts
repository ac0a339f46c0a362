import { isJsonObject, objectIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import type { ApiOperation } from "./api-operation.js";
import { type Media, readMedia } from "./media-type.js";

/** One response of an operation: its key (`200`, `4XX`, `default`) and what its body can be. */
export interface ApiResponse {
  readonly status: string;
  /** Empty where the answer has no body. */
  readonly media: readonly Media[];
}

/** The responses that carry data: 2xx, or `default` where the document knows no 2xx. */
export function successResponses(operation: ApiOperation): ApiResponse[] {
  const all = readResponses(operation);
  const success = all.filter(({ status }) => /^2/.test(status));
  return success.length > 0 ? success : all.filter(({ status }) => status === "default");
}

/** The responses that carry an error: everything else with a body. */
export function errorResponses(operation: ApiOperation): ApiResponse[] {
  return readResponses(operation).filter(({ status, media }) => !/^[12]/.test(status) && media.length > 0);
}

// RFC 9110, 15.3.5, 15.3.6, 15.4.5: no answer with these has a body, whatever the document says.
const BODILESS = /^(204|205|304)$/;

function readResponses(operation: ApiOperation): ApiResponse[] {
  return Object.entries(objectIn(operation.json, "responses")).flatMap(([status, source]) => {
    const response = followReference(operation.document, source);
    if (!/^([1-5](\d\d|XX)|default)$/i.test(status) || !isJsonObject(response)) return [];
    const isBodiless = BODILESS.test(status) || operation.method === "HEAD";
    return [{ status, media: isBodiless ? [] : readMedia(operation.document, response) }];
  });
}
