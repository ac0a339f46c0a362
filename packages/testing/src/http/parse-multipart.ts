import type { Bytes } from "@connectry/core";

/** A part of a multipart body. */
export interface FormPart {
  readonly name: string;
  /** Of a file. */
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
  readonly bytes: Bytes;
}

const unescapeName = (text: string) => text.replace(/%0A/gi, "\n").replace(/%0D/gi, "\r").replace(/%22/g, '"');

function parameterOf(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^\\s;]+))`, "i").exec(header);
  return found?.[1] ?? found?.[2];
}

function parsePart(text: string): FormPart | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const headers = text
    .slice(0, end)
    .split("\r\n")
    .map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]);
  const headerOf = (name: string) => headers.find(([key]) => key === name)?.[1];
  const disposition = Buffer.from(headerOf("content-disposition") ?? "", "latin1").toString();
  const name = parameterOf(disposition, "name");
  if (name === undefined) return undefined;
  const fileName = parameterOf(disposition, "filename");
  return {
    name: unescapeName(name),
    fileName: fileName === undefined ? undefined : unescapeName(fileName),
    contentType: headerOf("content-type"),
    bytes: new Uint8Array(Buffer.from(text.slice(end + 4), "latin1")),
  };
}

/** The parts of a multipart body (RFC 7578, RFC 2046, section 5.1); undefined where it is not one with the boundary of its type. */
export function parseMultipart(bytes: Uint8Array, contentType: string): readonly FormPart[] | undefined {
  const boundary = parameterOf(contentType, "boundary");
  if (boundary === undefined) return undefined;
  const pieces = `\r\n${Buffer.from(bytes).toString("latin1")}`.split(`\r\n--${boundary}`);
  const last = pieces.pop();
  if (last === undefined || !/^--\s*$/.test(last) || pieces.length === 0) return undefined;
  const parts = pieces.slice(1).map((piece) => parsePart(piece.replace(/^[\t ]*\r\n/, "")));
  return parts.some((part) => part === undefined) ? undefined : (parts as FormPart[]);
}
