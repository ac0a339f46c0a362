import type { BodyForm, GeneratorProfile } from "../profile/generator-profile.js";
import type { ApiOperation } from "./api-operation.js";
import { essenceOf, type Media, type MediaKind, readMedia } from "./media-type.js";

/** The media type that a request body is sent as, and how the body is encoded. */
export interface RequestMedia {
  readonly media: Media;
  readonly form: BodyForm;
  /** The media type to send, where it is not that of the form. */
  readonly contentType: string | undefined;
}

const PREFERENCE: readonly MediaKind[] = ["json", "form", "multipart", "text", "bytes"];
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;[ -~]+)?$/;

/** The media type that the client sends: one with the profile's body form, or else the first kind in `PREFERENCE`. */
export function requestMedia(operation: ApiOperation, profile: GeneratorProfile): RequestMedia | undefined {
  if (operation.body === undefined) return undefined;
  const all = readMedia(operation.document, operation.body.json).map((media) => ({
    media,
    form: formOf(media, profile),
  }));
  // Among several types of JSON, the plain one.
  const inProfileForm = all.filter(({ form }) => form === profile.body);
  const byPreference = PREFERENCE.map((kind) => all.filter(({ media }) => media.kind === kind));
  const same = [inProfileForm, ...byPreference].find((found) => found.length > 0) ?? [];
  const chosen = same.find(({ media }) => essenceOf(media.key) === "application/json") ?? same[0];
  if (chosen === undefined) return undefined;
  const types = same.map(({ media }) => media);
  return {
    ...chosen,
    contentType: contentTypeOf(chosen, types),
  };
}

function formOf(media: Media, profile: GeneratorProfile): BodyForm {
  switch (media.kind) {
    case "json":
      return "json";
    case "multipart":
      return "multipart";
    case "form":
      return profile.body.startsWith("form-") ? profile.body : "form-repeat";
    case "text":
    case "bytes":
      return "raw";
  }
}

interface FormMedia {
  readonly media: Media;
  readonly form: BodyForm;
}

/** The concrete media type of a body, where its form alone does not say it. */
function contentTypeOf({ media, form }: FormMedia, types: readonly Media[]): string | undefined {
  const essence = essenceOf(media.key);
  if (form === "multipart") return essence === "multipart/form-data" || !MEDIA_TYPE.test(essence) ? undefined : essence;
  if (form === "json") return essence === "application/json" ? undefined : concrete(media.key);
  if (form !== "raw") return undefined;
  if (media.kind === "text") return concrete(media.key);
  // Of several types the caller has one: only a file says which.
  const bytes = types.filter(({ kind }) => kind === "bytes").map(({ key }) => key);
  return concrete(bytes.length === 1 ? media.key : bytes.find((key) => essenceOf(key) === "application/octet-stream"));
}

/** A media type that can be sent; undefined for a range, and for what is not one. */
export function concrete(key: string | undefined): string | undefined {
  const type = key?.trim();
  return type !== undefined && MEDIA_TYPE.test(type) ? type : undefined;
}
