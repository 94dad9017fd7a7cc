import { formatCount } from '../codecs/lux';

export const plural = (count: number | bigint, one: string, more = `${one}s`): string => `${formatCount(count)} ${Number(count) === 1 ? one : more}`;
