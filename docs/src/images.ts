// Images of READMEs and pages are files of the repository: the site has copies of them, and their sizes.
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import type { Token } from "markdown-it";
import { repositoryUrl, root } from "./repository.ts";

/** Gives an image of a page its address on the site, and its size, so that the text below does not move when it is loaded. */
export type PlaceImage = (image: Token, page: string) => void;

const raw = `${repositoryUrl.replace("github.com", "raw.githubusercontent.com")}/main/`;

/** Places images, and copies each into `out`. Throws where an image is not a file of the repository. */
export function placeImages(out: string): PlaceImage {
  return (image, page) => {
    const source = String(image.attrGet("src"));
    const file = source.startsWith(raw) ? source.slice(raw.length) : source.replace(/^\//, "");
    const { width, height } = sizeOf(join(root, file));
    const copy = `pictures/${file.replaceAll("/", "-")}`;
    mkdirSync(dirname(join(out, copy)), { recursive: true });
    copyFileSync(join(root, file), join(out, copy));
    image.attrSet("src", posix.relative(posix.dirname(page), copy));
    image.attrSet("width", String(width));
    image.attrSet("height", String(height));
  };
}

/** The size of an SVG or PNG file: https://www.w3.org/TR/png-3/#11IHDR */
function sizeOf(file: string): { readonly width: number; readonly height: number } {
  const bytes = readFileSync(file);
  if (file.endsWith(".png")) return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(bytes.toString("utf8")) ?? [];
  return { width: Number(width), height: Number(height) };
}
