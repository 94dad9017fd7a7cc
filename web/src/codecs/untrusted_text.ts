// Text that anybody may have put into the chain: memos, topics, names of functions, answers of contracts. It is shown as text only, and
// what is invisible or turns the direction of what stands beside it is made visible first.

// C0 and C1 controls, soft hyphen, marks that order or join, separators of lines, private use, byte order mark, tags.
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ue000-\uf8ff]|[\u{e0000}-\u{e0fff}]|[\u{f0000}-\u{10ffff}]|\p{Cs}/gu;
const stacked = /(\p{M}{3})\p{M}+/gu;

/** The text with every invisible character written as `⟨U+202E⟩`, marks stacked no more than three high, cut at `most` characters. */
export function showText(text: string, most = 2000): string {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  return cut
    .replace(stacked, '$1')
    .replace(invisible, (letter) => `⟨U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

/** Bytes as text where they are UTF-8 that a person can read, else null. */
export function textOfBytes(bytes: Uint8Array): string | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f\u007f]/g)?.length ?? 0;
  return text.length > 0 && controls * 4 < text.length ? text : null;
}
