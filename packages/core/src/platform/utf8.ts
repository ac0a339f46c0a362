// Created with its first use: where it is missing, as in Jest's environment of jsdom, code that does not need it can be loaded.
let encoder: TextEncoder | undefined;

/** The encoder of this program. */
export function utf8Encoder(): TextEncoder {
  encoder ??= new TextEncoder();
  return encoder;
}
