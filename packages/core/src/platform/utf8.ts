// Created with their first use: where they are missing, as in Jest's environment of jsdom, code that does not need them can be loaded.
let encoder: TextEncoder | undefined;
let decoder: TextDecoder | undefined;

/** The encoder of this program. */
export function utf8Encoder(): TextEncoder {
  encoder ??= new TextEncoder();
  return encoder;
}

/** The decoder of this program. It removes a byte-order mark, and replaces what is not UTF-8. */
export function utf8Decoder(): TextDecoder {
  decoder ??= new TextDecoder();
  return decoder;
}
