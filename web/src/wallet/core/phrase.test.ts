import { describe, expect, it } from 'vitest';
import { toHex } from '../../codecs/hex';
import { entropyToPhrase, entropyToSeed, newPhrase, phraseToEntropy, wordsLike } from './phrase';
import { vectors } from '../../codecs/vectors';

interface KeyVectors {
  keys: { mnemonic: string; entropy: string; seed: string }[];
}

describe('recovery phrases', () => {
  it('lead to the seeds of the official wallet', async () => {
    for (const { mnemonic, entropy, seed } of (vectors('keys') as KeyVectors).keys) {
      const bytes = phraseToEntropy(`  ${mnemonic.toUpperCase().replaceAll(' ', '\n ')} `);
      expect(bytes).toBeInstanceOf(Uint8Array);
      expect(toHex(bytes as Uint8Array)).toBe(entropy);
      expect(entropyToPhrase(bytes as Uint8Array)).toBe(mnemonic);
      expect(toHex(await entropyToSeed(bytes as Uint8Array))).toBe(seed);
    }
  });

  it('are 24 words that differ', () => {
    const phrase = newPhrase();
    expect(phrase.split(' ')).toHaveLength(24);
    expect(phraseToEntropy(phrase)).toHaveLength(32);
    expect(newPhrase()).not.toBe(phrase);
  });

  it('with mistakes are refused, and the mistake is named', () => {
    expect(phraseToEntropy('')).toEqual({ error: 'word_count', words: 0 });
    expect(phraseToEntropy('abandon '.repeat(13))).toEqual({ error: 'word_count', words: 13 });
    expect(phraseToEntropy(`${'abandon '.repeat(11)}abuot`)).toEqual({ error: 'unknown_word', word: 'abuot' });
    expect(phraseToEntropy('abandon '.repeat(12))).toEqual({ error: 'checksum' });
  });

  it('are completed while they are typed', () => {
    expect(wordsLike('ab', 3)).toEqual(['abandon', 'ability', 'able']);
    expect(wordsLike('')).toEqual([]);
  });
});
