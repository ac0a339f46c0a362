import { queryStyles } from "../generate/facts/query-styles.js";
import type { BodyForm, GeneratorProfile, QueryStyle } from "../generate/generator-profile.js";
import { QUERY_STYLES } from "../generate/generator-profile.js";
import { requestMedia } from "../generate/operations/request-media.js";
import type { DraftInput } from "./draft.js";

const FORMS: readonly BodyForm[] = ["json", "form-repeat", "form-brackets", "multipart", "raw"];

/** The body form with the fewest exceptions: JSON where forms draw. */
export function readBodyForm({ operations }: DraftInput, profile: GeneratorProfile): BodyForm {
  return fewest(FORMS, (body) => {
    const exceptions = operations.filter((operation) => {
      const request = requestMedia(operation, { ...profile, body });
      return request !== undefined && request.form !== body;
    });
    return exceptions.length;
  });
}

/** The query style with the fewest exceptions: repeated names where styles draw. */
export function readQueryStyle({ operations }: DraftInput, profile: GeneratorProfile): QueryStyle {
  return fewest(QUERY_STYLES, (query) =>
    operations.reduce((sum, operation) => sum + queryStyles(operation, { ...profile, query }).size, 0),
  );
}

function fewest<T>(choices: readonly [T, ...T[]] | readonly T[], count: (choice: T) => number): T {
  const counted = choices.map((choice) => ({ choice, count: count(choice) }));
  return counted.reduce((best, one) => (one.count < best.count ? one : best)).choice;
}
