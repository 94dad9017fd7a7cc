// For tests: the reference results that the whole project uses (tests/vectors).
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export function vectors<T>(name: string): T {
  const file = new URL(`../../../tests/vectors/interfaces/${name}.json.gz`, import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as T;
}
