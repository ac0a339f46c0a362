/** A description without its markup, which says nothing to a reader of plain text. */
export function plainText(text: string): string {
  return text
    .replace(/<[^>]{1,200}>/g, " ")
    .replace(/\[([^\]]{1,200})\]\([^)]{0,400}\)/g, "$1")
    .replace(/\s+/g, " ")
    .replace(/ (?=[.,;:!?)](?:\s|$))/g, "")
    .trim();
}

/** The first sentence of a text, at most so many characters of it. */
export function firstSentence(text: string, maxLength: number): string {
  const plain = plainText(text.slice(0, 2_000));
  const [sentence = plain] = /^.*?[.!?](?=\s|$)/.exec(plain) ?? [];
  return sentence.length > maxLength ? `${sentence.slice(0, maxLength)}…` : sentence;
}
