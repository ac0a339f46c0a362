import { fieldOf, objectIn, stringIn } from "../document/json.js";
import type { BodyForm, GeneratorProfile } from "../generator-profile.js";
import type { ApiOperation } from "./api-operation.js";
import { type Media, type MediaKind, readMedia } from "./media-type.js";

/** The media type that an operation's body is sent as, and the form of the body in it. */
export interface RequestMedia {
  readonly media: Media;
  readonly form: BodyForm;
}

const PREFERENCE: readonly MediaKind[] = ["json", "form", "multipart", "text", "bytes"];

/** Which of an operation's media types the client sends: the one in the profile's form, else the plainest. */
export function requestMedia(operation: ApiOperation, profile: GeneratorProfile): RequestMedia | undefined {
  if (operation.body === undefined) return undefined;
  const all = readMedia(operation.document, operation.body.json).map((media) => ({
    media,
    form: formOf(media, profile),
  }));
  const inProfileForm = all.find(({ form }) => form === profile.body);
  const byPreference = PREFERENCE.map((kind) => all.find(({ media }) => media.kind === kind));
  return inProfileForm ?? byPreference.find((one) => one !== undefined);
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
    (one) => stringIn(one, "style") === "deepObject" && fieldOf(one, "explode") !== false,
  );
}
