import { describe, expect, it } from 'vitest';
import { href, placeOf } from './router.svelte';
import { matchRoute } from './routes';

describe('places', () => {
  it('drop the base and slashes at the end', () => {
    expect(placeOf(new URL('http://node/ui/')).path).toBe('/');
    expect(placeOf(new URL('http://node/ui')).path).toBe('/');
    expect(placeOf(new URL('http://node/ui/wallet//')).path).toBe('/wallet');
  });

  it('encode what stands in a segment', () => {
    expect(href('/wallet', 'a/b?c')).toBe('/ui/wallet/a%2Fb%3Fc');
    expect(matchRoute('/wallet/a%2Fb')?.argument).toBe('a/b');
  });

  it('survive percent signs that mean nothing', () => {
    expect(matchRoute('/wallet/%zz')?.argument).toBe('%zz');
  });

  it('are not found where no page is', () => {
    expect(matchRoute('/nothing')).toBeNull();
  });
});
