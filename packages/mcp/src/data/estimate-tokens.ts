// What tokenizers cut a text into before they merge: words, numbers, ids of letters and digits, blanks, signs, and everything else.
const pieces = /[A-Za-z\d]+|[\t ]+|[\r\n]+|[!-/:-@[-`{-~]+|\P{ASCII}+/gu;
const words = /[A-Z]?[a-z]+|[A-Z]+/g;

/** Letters and digits: three digits are one token, words of prose up to some seven letters, and random ones one and a half. */
function alphanumeric(text: string): number {
  if (/^\d+$/.test(text)) return Math.ceil(text.length / 3);
  if (/\d/.test(text)) return Math.ceil(text.length / 1.4);
  let tokens = 0;
  for (const [word] of text.matchAll(words)) tokens += Math.ceil(word.length / 3);
  return tokens;
}

/**
 * The number of tokens that a text has at most, as tokenizers of language models count. It is arithmetic over the text, and knows no
 * tokenizer's vocabulary, which would be megabytes.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(pieces)) {
    const first = piece.charCodeAt(0);
    if (first > 0x7f) tokens += piece.length;
    else if (first <= 0x20) tokens += 1;
    else if (/[A-Za-z\d]/.test(piece[0] as string)) tokens += alphanumeric(piece);
    else tokens += Math.ceil(piece.length / 2);
  }
  return tokens;
}
