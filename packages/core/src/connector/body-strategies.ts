import { type Body, encodeOnce, isBinary, replayable } from "./encoded-body.js";
import type { BodyForm, QueryStyle } from "./profile.js";
import { joinPairs, type Pair, type SpreadValue, spreadPairs } from "./query-strategies.js";
import type { SpellDate } from "./spelling.js";

/** What a body's strategy knows beside the body. */
export interface BodyContext {
  /** The operation's form. */
  readonly form: BodyForm;
  /** The form of the provider's other bodies. */
  readonly inner: BodyForm;
  readonly styles: Partial<Record<QueryStyle, SpreadValue>>;
  readonly date: SpellDate | undefined;
}

/** Writes an object as a body. */
export type WriteBody = (fields: object, context: BodyContext) => Body | undefined | Promise<Body | undefined>;

function spreadField(style: QueryStyle, { styles, date }: BodyContext, name: string, value: unknown): readonly Pair[] {
  return spreadPairs(styles[style], style, name, value, date);
}

/** `application/x-www-form-urlencoded`, written as a query of the same style. */
export const formBody: WriteBody = (fields, context) => {
  const style = context.form.slice("form-".length) as QueryStyle;
  const pairs = Object.entries(fields).flatMap(([name, value]) => spreadField(style, context, name, value));
  return replayable("application/x-www-form-urlencoded", joinPairs(pairs));
};

/**
 * `multipart/form-data`: bytes are files, and what is nested is spread as in the provider's bracketed forms; elsewhere
 * lists are repeated and objects are JSON.
 */
export const multipartBody: WriteBody = (fields, context) => {
  const data = new FormData();
  const style = context.inner === "form-brackets" ? "brackets" : "json";
  for (const [name, value] of Object.entries(fields)) {
    const items = [value].flat();
    const whole = style === "brackets" && !items.some(isBinary);
    for (const item of whole ? [value] : items) {
      if (isBinary(item)) data.append(name, item instanceof Blob ? item : new File([item], name));
      else if (item !== null) for (const [key, text] of spreadField(style, context, name, item)) data.append(key, text);
    }
  }
  return encodeOnce(new Response(data));
};
