// Lists of the archive come a page after the other.
import { Fields, listOf } from '../fields';
import { askJson } from '../http';

export interface Page<T> {
  items: T[];
  /** For the page after this one; null at the end. */
  next: string | null;
}

export type PageOptions = { limit?: number; cursor?: string; order?: 'desc' | 'asc'; from?: number; to?: number };

export function pathOf(path: string, options: Record<string, string | number | boolean | undefined>): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) if (value !== undefined && value !== '') words.set(name, String(value));
  const query = words.toString();
  return query ? `${path}?${query}` : path;
}

export async function page<T>(
  path: string,
  options: Record<string, string | number | boolean | undefined>,
  read: (fields: Fields) => T,
  signal?: AbortSignal,
): Promise<Page<T>> {
  const answer = Fields.of(await askJson(pathOf(path, options), signal ? { signal } : {}));
  return { items: listOf(answer.get('items'), read), next: answer.maybeText('next') };
}

/** Where the whole list can be had as a file. */
export function fileOf(path: string, format: 'csv' | 'jsonl', options: Record<string, string | undefined> = {}): string {
  return pathOf(path, { ...options, format });
}
