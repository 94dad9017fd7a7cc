import { describe, expect, it } from 'vitest';
import { vectors } from '../codecs/vectors';
import { formOf, jsonOf, problemOf } from './argument_form';

interface Drivers {
  drivers: { schemas: Record<string, { schema_json: { functions: { name: string; input: string }[] } }> };
}

describe('forms of arguments', () => {
  it('are made for the functions of the protocol', () => {
    const { schemas } = vectors<Drivers>('drivers').drivers;
    const shapes = Object.values(schemas).flatMap((schema) => schema.schema_json.functions.map(({ name, input }) => [name, formOf(input).shape]));
    expect(Object.fromEntries(shapes)).toMatchObject({
      num_notes: 'none', contract_balance: 'fields', account: 'fields', sync: 'fields', existing_nullifiers: 'json', stake: 'json', get_stake: 'fields',
    });
  });

  it('write what drivers read', () => {
    const json = (type: string, ...values: string[]): string => jsonOf(formOf(type), values);
    expect(json('()')).toBe('null');
    expect(json('u64', ' 18446744073709551615 ')).toBe('"18446744073709551615"');
    expect(json('u8', '007')).toBe('7');
    expect(json('(u64, u64)', '1', '2')).toBe('["1","2"]');
    expect(json('(String,bool)', 'a"b ', 'true')).toBe('["a\\"b ",true]');
    expect(json('Vec<u64>', '[1,2]')).toBe('[1,2]');
  });

  it('say what is wrong', () => {
    const problem = (type: string, value: string): string | null => {
      const form = formOf(type);
      return form.shape === 'fields' && form.fields[0] ? problemOf(form.fields[0], value) : 'no field';
    };
    expect(problem('u8', '255')).toBeNull();
    expect(problem('u8', '256')).not.toBeNull();
    expect(problem('i8', '-128')).toBeNull();
    expect(problem('i8', '-129')).not.toBeNull();
    expect(problem('u64', '1.5')).not.toBeNull();
    expect(problem('ContractId', `0x${'00'.repeat(32)}`)).not.toBeNull();
    expect(problem('ContractId', '00'.repeat(32))).toBeNull();
  });
});
