// Recovery phrases (BIP-39, English). The entropy is what is kept: the phrase and the seed follow from it.
import { entropyToMnemonic, generateMnemonic, mnemonicToEntropy, mnemonicToSeed } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

export type PhraseError = { error: 'word_count'; words: number } | { error: 'unknown_word'; word: string } | { error: 'checksum' };

// 24 words of 256 random bits.
export function newPhrase(): string {
  return generateMnemonic(wordlist, 256);
}

export function normalisePhrase(text: string): string {
  return text.normalize('NFKD').trim().toLowerCase().split(/\s+/).join(' ');
}

// 12, 15, 18, 21 or 24 words to 16 to 32 bytes.
export function phraseToEntropy(text: string): Uint8Array | PhraseError {
  const phrase = normalisePhrase(text);
  const words = phrase === '' ? [] : phrase.split(' ');
  if (![12, 15, 18, 21, 24].includes(words.length)) return { error: 'word_count', words: words.length };
  const known = new Set(wordlist);
  const unknown = words.find((word) => !known.has(word));
  if (unknown !== undefined) return { error: 'unknown_word', word: unknown };
  try {
    return mnemonicToEntropy(phrase, wordlist);
  } catch {
    return { error: 'checksum' };
  }
}

export function entropyToPhrase(entropy: Uint8Array): string {
  return entropyToMnemonic(entropy, wordlist);
}

// 64 bytes; without a passphrase, as every wallet of Dusk does.
export function entropyToSeed(entropy: Uint8Array): Promise<Uint8Array> {
  return mnemonicToSeed(entropyToPhrase(entropy));
}

// Words of the list that begin so, for those who type a phrase in.
export function wordsLike(start: string, most = 5): string[] {
  return start === '' ? [] : wordlist.filter((word) => word.startsWith(start.toLowerCase())).slice(0, most);
}
