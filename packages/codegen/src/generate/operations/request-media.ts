import { fieldOf, objectIn, stringIn } from "../document/json.js";
import type { BodyForm, GeneratorProfile } from "../profile/generator-profile.js";
import type { ApiOperation } from "./api-operation.js";
import { type Media, type MediaKind, readMedia } from "./media-type.js";

/** The media type that a request body is sent as, and how the body is encoded. */
export interface RequestMedia {
  readonly media: Media;
  readonly form: BodyForm;
}

const PREFERENCE: readonly MediaKind[] = ["json", "form", "multipart", "text", "bytes"];

/** The media type that the client sends: one with the profile's body form, or else the first kind in `PREFERENCE`. */
export function requestMedia(operation: ApiOperation, profile: GeneratorProfile): RequestMedia | undefined {
  if (operation.body === undefined) return undefined;
  const all = readMedia(operation.document, operation.body.json).map((media) => ({
    media,
    form: formOf(media, profile),
  }));
  const inProfileForm = all.find(({ form }) => form === profile.body);
  const byPreference = PREFERENCE.map((kind) => all.find(({ media }) => media.kind === kind));
  return inProfileForm ?? byPreference.find((found) => found !== undefined);
}

function formOf(media: Media, profile: GeneratorProfile): BodyForm {
  switch (media.kind) {
    case "json":
      return "json";
    case "multipart":
      return "multipart";
    case "form":
      if (profile.body.startsWith("form-")) return profile.body;
      return hasDeepObjects(media) ? "form-brackets" : "form-repeat";
    case "text":
    case "bytes":
      return "raw";
  }
}

function hasDeepObjects(media: Media): boolean {
  return Object.values(objectIn(media.json, "encoding")).some(
    (encoding) => stringIn(encoding, "style") === "deepObject" && fieldOf(encoding, "explode") !== false,
  );
}
