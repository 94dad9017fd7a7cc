// Packs a built page into one file: node pack.mjs FOLDER PACK. The form stands in src/rpc/page_files.hpp.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};
const compressed = new Set([".png", ".ico", ".woff2"]); // by themselves

function number(value, bytes) {
  const out = Buffer.alloc(bytes);
  out.writeUIntLE(value, 0, bytes);
  return out;
}

const [folder, target] = process.argv.slice(2);
if (!folder || !target) throw new Error("usage: node pack.mjs FOLDER PACK");
const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.path, entry.name)).split(sep).join("/"))
  .sort();

const parts = [Buffer.from("DUSKPAGE1"), number(paths.length, 4)];
for (const path of paths) {
  const end = extname(path);
  const type = types[end];
  if (type === undefined) throw new Error(`${path}: pack.mjs knows no type of ${end}`);
  const content = readFileSync(join(folder, path));
  const tag = createHash("sha256").update(content).digest("hex").slice(0, 32);
  const forms = [content, Buffer.alloc(0), Buffer.alloc(0)];
  if (!compressed.has(end)) {
    forms[1] = gzipSync(content, { level: 9 });
    forms[2] = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
    for (const i of [1, 2]) if (forms[i].length >= content.length) forms[i] = Buffer.alloc(0);
  }
  const name = Buffer.from(path);
  parts.push(number(name.length, 2), name, number(type.length, 1), Buffer.from(type), number(tag.length, 1), Buffer.from(tag));
  for (const form of forms) parts.push(number(form.length, 4), form);
}
writeFileSync(target, Buffer.concat(parts));
