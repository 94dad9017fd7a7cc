import { describe, expect, it } from 'vitest';
import { fromBase58, toBase58 } from './base58';
import { ago, span } from './duration';
import { emittedUntil } from './emission';
import { parseExactJson } from './exact_json';
import { fromHex } from './hex';
import { formatBytes, formatDusk, formatDuskCut, formatRough, parseDusk, toLux } from './lux';
import { searchKind } from './search_kind';
import { toCsv, toJsonFile } from './table_file';
import { showText, textOfBytes } from './untrusted_text';

describe('base58', () => {
  it('round-trips, zeros in front included', () => {
    for (const bytes of [[], [0], [0, 0, 1], [255, 0, 255], Array.from({ length: 96 }, (_, i) => (i * 37) & 255)]) {
      expect([...(fromBase58(toBase58(Uint8Array.from(bytes))) ?? [])]).toEqual(bytes);
    }
  });
  it('has letters of its own', () => {
    for (const wrong of ['0', 'O', 'I', 'l', '+', ' ', 'é']) expect(fromBase58(`1${wrong}`)).toBeNull();
    expect(fromBase58('1'.repeat(257))).toBeNull();
  });
});

describe('hexadecimal', () => {
  it('is whole bytes of digits', () => {
    expect([...(fromHex('0x00fF') ?? [])]).toEqual([0, 255]);
    for (const wrong of ['0', 'xy', '0x0', '0 ', '-1']) expect(fromHex(wrong)).toBeNull();
  });
});

describe('exact JSON', () => {
  it('keeps every digit', () => {
    expect(parseExactJson('{"a":18446744073709551615,"b":[-9007199254740993,1]}')).toEqual({
      a: 18446744073709551615n,
      b: [-9007199254740993n, 1],
    });
  });
  it('reads what JSON.parse reads', () => {
    const big = '9999999999999999';
    for (const text of [
      ` {"a" : [ ] , "b":{}, "c":"\\u00e9\\"\\\\${big}", "d":1.5e3, "e":true, "f":false,"g":null, "h":-0.25 } `,
      `["${big}"]`, `"${big}"`, `[[[["${big}",{}]]]]`,
    ]) {
      expect(parseExactJson(text)).toEqual(JSON.parse(text));
    }
  });
  it('refuses what is not JSON', () => {
    const big = '"9999999999999999"';
    for (const text of [`[${big}`, `[${big},]`, `{${big}:1,}`, `{${big}}`, `[${big}] 1`, `[01,${big}]`, `[+1,${big}]`, `[${big},nul]`, `[${big},"a`]) {
      expect(() => parseExactJson(text), text).toThrow(SyntaxError);
    }
    expect(() => parseExactJson(`${'['.repeat(300)}${big}${']'.repeat(300)}`)).toThrow(SyntaxError);
  });
  it('makes plain members of names that mean something to JavaScript', () => {
    const value = parseExactJson('{"__proto__":{"x":9999999999999999}}') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect('x' in value).toBe(false);
  });
});

describe('amounts', () => {
  it('are shown to the last LUX', () => {
    expect(formatDusk(0n)).toBe('0');
    expect(formatDusk(1n)).toBe('0.000000001');
    expect(formatDusk(18446744073709551615n)).toBe('18,446,744,073.709551615');
    expect(formatDusk(-1_500_000_000n)).toBe('-1.5');
    expect(formatDuskCut(1_999_999_999n, 2)).toBe('1.99');
  });
  it('come from numbers and strings, never from fractions', () => {
    expect(toLux('18446744073709551615')).toBe(18446744073709551615n);
    expect(toLux(5)).toBe(5n);
    for (const wrong of [1.5, 2 ** 53, NaN, '1.5', '', '0x1', null, undefined, {}, '9'.repeat(41)]) expect(toLux(wrong)).toBeNull();
  });
  it('are read as typed', () => {
    expect(parseDusk('1')).toBe(1_000_000_000n);
    expect(parseDusk(' 1,234.000000001 ')).toBe(1_234_000_000_001n);
    for (const wrong of ['', '.', '1.', '-1', '1e3', '0.0000000001', '1,2', 'a']) expect(parseDusk(wrong), wrong).toBeNull();
  });
  it('are rough where that is asked', () => {
    expect(formatRough(999)).toBe('999');
    expect(formatRough(1_234_567)).toBe('1.23 M');
    expect(formatRough(0.5)).toBe('0.50');
    expect(formatBytes(193)).toBe('193 B');
    expect(formatBytes(8_710_000)).toBe('8.71 MB');
  });
});

describe('emission', () => {
  it('is nothing at first, half a thousand million DUSK at last', () => {
    expect(emittedUntil(0n)).toBe(0n);
    expect(emittedUntil(1n)).toBe(19_857_400_000n);
    expect(emittedUntil(12_614_401n)).toBe(12_614_400n * 19_857_400_000n + 9_928_700_000n);
    expect(emittedUntil(10n ** 12n)).toBe(500_000_000n * 1_000_000_000n);
  });
});

describe('text that others wrote', () => {
  it('cannot hide or turn around', () => {
    expect(showText('a\u202ebc\u200b\u0000')).toBe('a⟨U+202E⟩bc⟨U+200B⟩⟨U+0000⟩');
    expect(showText('\u{e0041}')).toBe('⟨U+E0041⟩');
    expect(showText('\ud800')).toBe('⟨U+D800⟩');
    expect(showText('naïve – “ok” 漢字 🙂')).toBe('naïve – “ok” 漢字 🙂');
  });
  it('cannot climb out of its line or go on for ever', () => {
    expect(showText(`a${'\u0301'.repeat(50)}`)).toBe('a\u0301\u0301\u0301');
    expect(showText('x'.repeat(3000), 10)).toBe(`${'x'.repeat(10)}…`);
  });
  it('is bytes where it is no text', () => {
    expect(textOfBytes(new TextEncoder().encode('hello'))).toBe('hello');
    expect(textOfBytes(Uint8Array.of(0xff, 0xfe))).toBeNull();
    expect(textOfBytes(Uint8Array.of(0, 0, 0, 65))).toBeNull();
    expect(textOfBytes(new Uint8Array())).toBeNull();
  });
});

describe('search', () => {
  it('knows what was meant', () => {
    expect(searchKind('1,234')).toEqual({ kind: 'height', height: 1234 });
    expect(searchKind('#7')).toEqual({ kind: 'height', height: 7 });
    expect(searchKind(`0x${'AB'.repeat(32)}`)).toEqual({ kind: 'hash', hash: 'ab'.repeat(32) });
    expect(searchKind('0xABcdef')).toEqual({ kind: 'prefix', digits: 'abcdef' });
    expect(searchKind('abcde')).toEqual({ kind: 'text', text: 'abcde' });
    expect(searchKind('rent march')).toEqual({ kind: 'text', text: 'rent march' });
    expect(searchKind('  ')).toBeNull();
  });
});

describe('files', () => {
  it('have cells that no spreadsheet executes', () => {
    expect(toCsv(['a', 'b'], [['=1+1', 'x,"y"\n'], [1n, null], ['-5', true]])).toBe(
      'a,b\r\n\'=1+1,"x,""y""\n"\r\n1,\r\n\'-5,true\r\n',
    );
  });
  it('keep amounts whole', () => {
    expect(JSON.parse(toJsonFile(['lux'], [[18446744073709551615n]]))).toEqual([{ lux: '18446744073709551615' }]);
  });
});

describe('times', () => {
  it('are in words', () => {
    expect(ago(1000, 1500)).toBe('now');
    expect(ago(0, 65_000)).toBe('1 min 5 s ago');
    expect(ago(0, 65_000, true)).toBe('1 min ago');
    expect(ago(10_000, 0)).toBe('in 10 s');
    expect(span(86_400 * 3 + 3600 * 4)).toBe('3 d 4 h');
    expect(span(0.25)).toBe('250 ms');
  });
});
