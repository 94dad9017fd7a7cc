import { describe, expect, it } from 'vitest';
import { functionsOf } from './contract_schema';
import { vectors } from '../../codecs/vectors';

describe('schemas of contracts', () => {
  it('of the genesis contracts list their functions', () => {
    const { schemas } = (vectors('drivers') as { drivers: { schemas: Record<string, { schema_json: unknown }> } }).drivers;
    const stake = functionsOf(schemas.stake?.schema_json);
    expect(stake?.find((fn) => fn.name === 'get_stake')).toEqual({ name: 'get_stake', doc: '', input: 'BlsPublicKey' });
    expect(functionsOf(schemas.transfer?.schema_json)?.length).toBeGreaterThan(10);
  });

  it('that are something else are none', () => {
    for (const schema of [null, 1, [], {}, { functions: 'x' }]) expect(functionsOf(schema)).toBeNull();
    expect(functionsOf({ functions: [1, { name: 5 }, { name: 'a b' }, { name: 'x'.repeat(65) }, { name: 'ok' }] })).toEqual([
      { name: 'ok', doc: '', input: '' },
    ]);
  });
});
