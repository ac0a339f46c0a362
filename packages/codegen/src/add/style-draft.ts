import type { JsonPath } from "../generate/profile/list-style.js";

/** A pagination style of a profile, without `items` and without what tells the last page. */
export type StyleDraft =
  | {
      readonly kind: "cursor";
      readonly from: { readonly body: JsonPath } | { readonly lastItem: JsonPath };
      readonly into: CursorTargetDraft;
      readonly opposite?: string;
      readonly scrolls?: true;
      readonly ask?: CursorTargetDraft & { readonly value: number | boolean };
    }
  | { readonly kind: "link-header" }
  | {
      readonly kind: "next-url";
      readonly next: JsonPath;
      readonly link?: { readonly rel: string; readonly href: string };
    }
  | { readonly kind: "offset"; readonly into: CursorTargetDraft; readonly size: string; readonly first?: number }
  | { readonly kind: "page-number"; readonly into: CursorTargetDraft; readonly first: number };

/** The parameter, or the field of the body, that carries the cursor in the next request. */
export interface CursorTargetDraft {
  readonly in: "query" | "body";
  readonly inside?: JsonPath;
  readonly name: string;
}
