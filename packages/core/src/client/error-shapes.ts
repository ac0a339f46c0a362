import type { ReadErrorTexts } from "../pipeline/strategies.js";
import { type JsonPath, readPath, textAt } from "../platform/json-path.js";

/** As `textAt`, where the step `*` is the first value of an object or a list. */
function anyTextAt(json: unknown, path: JsonPath | undefined): string | undefined {
  const any = path?.indexOf("*") ?? -1;
  if (!path || any < 0) return textAt(json, path);
  const found = readPath(json, path.slice(0, any));
  // The first character of a text is not a value.
  return typeof found === "object" && found ? anyTextAt(Object.values(found)[0], path.slice(any + 1)) : undefined;
}

/** Reads the texts of an error where the shape of it has them: the first of the profile's shapes whose message is there. */
export const errorShapes: ReadErrorTexts = (json, errors) => {
  const shapes = [errors, ...(errors.otherShapes ?? [])];
  const texts = shapes.map(({ message, code }) => ({ message: anyTextAt(json, message), code: anyTextAt(json, code) }));
  return texts.find(({ message }) => message !== undefined) ?? { message: undefined, code: texts[0]?.code };
};
