// Reads tests/vectors, or the folder of the same form that DUSK_VECTORS names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const folder = process.env.DUSK_VECTORS ?? fileURLToPath(new URL('../vectors', import.meta.url));

export function vectors(area, name) {
  return JSON.parse(gunzipSync(readFileSync(join(folder, area, `${name}.json.gz`))).toString());
}
