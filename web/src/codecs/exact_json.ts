// JSON whose whole numbers keep every digit: those that a JavaScript number cannot hold come as bigint. Nodes write amounts as plain
// numbers, and 9 million DUSK are more than 2^53 LUX.

export type Json = null | boolean | number | bigint | string | Json[] | { [name: string]: Json };

const mostDepth = 200;

/** Throws SyntaxError where the text is not JSON, or deeper than 200. */
export function parseExactJson(text: string): Json {
  // Nearly all answers have no number that long; a run of digits in a string costs time only.
  if (!/\d{16}/.test(text)) return JSON.parse(text) as Json;
  return new Reader(text).document();
}

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  document(): Json {
    const value = this.#value(0);
    this.#space();
    if (this.#at !== this.text.length) this.#fail();
    return value;
  }

  #fail(): never {
    throw new SyntaxError(`Not JSON at character ${this.#at}`);
  }

  #space(): void {
    while (' \t\n\r'.includes(this.text[this.#at] ?? 'x')) this.#at++;
  }

  #take(letter: string): boolean {
    this.#space();
    if (this.text[this.#at] !== letter) return false;
    this.#at++;
    return true;
  }

  #value(depth: number): Json {
    if (depth > mostDepth) this.#fail();
    if (this.#take('{')) return this.#object(depth);
    if (this.#take('[')) return this.#array(depth);
    this.#space();
    const start = this.text[this.#at];
    if (start === '"') return this.#string();
    if (start === 't') return this.#word('true', true);
    if (start === 'f') return this.#word('false', false);
    if (start === 'n') return this.#word('null', null);
    return this.#number();
  }

  #word<T extends Json>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.#at)) this.#fail();
    this.#at += word.length;
    return value;
  }

  #object(depth: number): Json {
    const members: [string, Json][] = [];
    if (this.#take('}')) return {};
    do {
      this.#space();
      const name = this.#string();
      if (!this.#take(':')) this.#fail();
      members.push([name, this.#value(depth + 1)]);
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail();
    return Object.fromEntries(members); // `__proto__` becomes a member like others
  }

  #array(depth: number): Json {
    const items: Json[] = [];
    if (this.#take(']')) return items;
    do items.push(this.#value(depth + 1));
    while (this.#take(','));
    if (!this.#take(']')) this.#fail();
    return items;
  }

  #string(): string {
    if (this.text[this.#at] !== '"') this.#fail();
    let end = this.#at + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) this.#fail();
    const value = JSON.parse(this.text.slice(this.#at, end + 1)) as string;
    this.#at = end + 1;
    return value;
  }

  #number(): number | bigint {
    const pattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (!found) this.#fail();
    this.#at += found[0].length;
    const value = Number(found[0]);
    const isWhole = found[1] === undefined && found[2] === undefined;
    return isWhole && !Number.isSafeInteger(value) ? BigInt(found[0]) : value;
  }
}
