import type { JsonPath } from "../platform/json-path.js";

/** A method, and a path that has the session as `{session}`. */
export interface SessionOperation {
  readonly method: string;
  readonly path: string;
}

/** Sessions that take numbered parts of one size, each with its digest, until they are committed. */
export interface PartUploadFacts {
  readonly kind: "parts";
  /** Where the response that starts a session has it, and the size of its parts. */
  readonly session: JsonPath;
  readonly partBytes: JsonPath;
  /** Reads a session that was started before. */
  readonly status: SessionOperation;
  /** Sends a part; its response has the part at a place. A part that is there already is a conflict. */
  readonly part: SessionOperation & { readonly at: JsonPath };
  /** Lists the parts that are there: by `offset` and `limit`, as many as it says in total. */
  readonly list: SessionOperation & {
    readonly items: JsonPath;
    readonly total: JsonPath;
    readonly limit: number;
  };
  /** Ends the session: its body has the parts. A response with status 202 asks to repeat it. */
  readonly commit: SessionOperation;
}

/** Sessions at an address of their own, which say how far they have come. */
export interface OffsetUploadFacts {
  readonly kind: "offset";
  /** The response header with the address of the session, in lower case. */
  readonly session: string;
  /** The status of a response to a chunk that is not the last one. */
  readonly incomplete: number;
  /** The size of each chunk but the last is a multiple of it. */
  readonly multipleOfBytes: number;
  /** @default as many as the user says */
  readonly chunkBytes: number;
}

/** How a provider takes large files. */
export type UploadSessionFacts = PartUploadFacts | OffsetUploadFacts;
