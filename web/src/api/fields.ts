// Members of what a node answered, each of the type that is expected or an error that names it.
import type { Json } from '../codecs/exact_json';
import { toLux } from '../codecs/lux';

export class FormError extends Error {
  constructor(name: string) {
    super(`The node's answer has no valid “${name}”`);
    this.name = 'FormError';
  }
}

export class Fields {
  private constructor(private readonly members: { [name: string]: Json }) {}

  static of(json: Json | undefined, name = 'object'): Fields {
    const fields = Fields.maybe(json);
    if (!fields) throw new FormError(name);
    return fields;
  }

  static maybe(json: Json | undefined): Fields | null {
    if (json === null || typeof json !== 'object' || Array.isArray(json)) return null;
    return new Fields(json);
  }

  get(name: string): Json | undefined {
    return Object.hasOwn(this.members, name) ? this.members[name] : undefined;
  }

  text(name: string): string {
    const value = this.get(name);
    if (typeof value !== 'string') throw new FormError(name);
    return value;
  }

  maybeText(name: string): string | null {
    const value = this.get(name);
    return typeof value === 'string' ? value : null;
  }

  /** A whole or broken number that fits into a JavaScript number. */
  number(name: string): number {
    const value = this.get(name);
    if (typeof value === 'number') return value;
    if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
    if (typeof value === 'bigint') return Number(value);
    throw new FormError(name);
  }

  maybeNumber(name: string): number | null {
    return this.get(name) === null || this.get(name) === undefined ? null : this.number(name);
  }

  lux(name: string): bigint {
    const value = toLux(this.get(name));
    if (value === null) throw new FormError(name);
    return value;
  }

  maybeLux(name: string): bigint | null {
    return toLux(this.get(name));
  }

  flag(name: string): boolean {
    return this.get(name) === true;
  }

  object(name: string): Fields {
    return Fields.of(this.get(name), name);
  }

  maybeObject(name: string): Fields | null {
    return Fields.maybe(this.get(name));
  }

  list(name: string): Json[] {
    const value = this.get(name);
    if (!Array.isArray(value)) throw new FormError(name);
    return value;
  }

  maybeList(name: string): Json[] {
    const value = this.get(name);
    return Array.isArray(value) ? value : [];
  }

  entries(): [string, Json][] {
    return Object.entries(this.members);
  }
}

export function listOf<T>(json: Json | undefined, read: (fields: Fields) => T): T[] {
  if (!Array.isArray(json)) throw new FormError('list');
  return json.map((item) => read(Fields.of(item)));
}
