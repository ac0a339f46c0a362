import { formEncoding } from "../generate/facts/form-encoding.js";
import { queryStyles } from "../generate/facts/query-styles.js";
import { requestMedia } from "../generate/operations/request-media.js";
import type { BodyForm, GeneratorProfile, QueryStyle } from "../generate/profile/generator-profile.js";
import { QUERY_STYLES } from "../generate/profile/generator-profile.js";
import type { DraftInput } from "./draft.js";

const FORMS: readonly BodyForm[] = ["json", "form-repeat", "form-brackets", "multipart", "raw"];

/** The body form that the fewest operations differ from; JSON if several are equal. */
export function readBodyForm({ operations }: DraftInput, profile: GeneratorProfile): BodyForm {
  return leastExceptions(FORMS, (body) => {
    const exceptions = operations.filter((operation) => {
      const request = requestMedia(operation, { ...profile, body });
      return request !== undefined && request.form !== body;
    });
    // Of forms alike, the one from which the fewest fields differ.
    const fields = operations.flatMap((operation) => {
      const request = requestMedia(operation, { ...profile, body });
      return request === undefined ? [] : formEncoding(operation, request);
    });
    return exceptions.length + fields.length / 1e6;
  });
}

/** The query style that the fewest parameters differ from; repeated names if several are equal. */
export function readQueryStyle({ operations }: DraftInput, profile: GeneratorProfile): QueryStyle {
  return leastExceptions(QUERY_STYLES, (query) =>
    operations.reduce((sum, operation) => sum + queryStyles(operation, { ...profile, query }).size, 0),
  );
}

function leastExceptions<T>(choices: readonly [T, ...T[]] | readonly T[], count: (choice: T) => number): T {
  const counted = choices.map((choice) => ({ choice, count: count(choice) }));
  return counted.reduce((best, one) => (one.count < best.count ? one : best)).choice;
}
