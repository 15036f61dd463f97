import { Option } from 'commander';
import type { ChoiceParameter, Parameter, ParameterTable } from '../gateway/parameter-table.ts';
import { readParameters } from '../gateway/read-parameters.ts';
import { usageFailure, type Failure } from './failure.ts';

/** Options that stand for parameters of one action: what they say and take is read from its table. */
export type TableOptions = {
  readonly options: readonly Option[];
  /**
   * The wire parameters of the given options and arguments, checked as the server would check them.
   * @param given by option name, as commander hands them over
   * @param fixed by wire name: positional arguments
   */
  read(
    given: Readonly<Record<string, unknown>>,
    fixed?: Readonly<Record<string, string>>,
  ): WireParameters | Failure;
};

export type WireParameters = { readonly kind: 'parameters'; readonly values: Readonly<Record<string, string>> };

/**
 * @param names wire name to option name, without dashes; `start-time` for StartTime where none is given
 */
export function tableOptions(table: ParameterTable, names: Readonly<Record<string, string>>): TableOptions {
  const rows = Object.entries(names).map(([wireName, flag]) => {
    const parameter = table[wireName];
    if (parameter === undefined) throw new Error(`The table has no parameter ${wireName}.`);
    return {
      wireName,
      parameter,
      option: new Option(`--${flagOf(parameter, flag)} ${PLACEHOLDERS[parameter.kind]}`.trimEnd(), help(parameter)),
    };
  });
  return {
    options: rows.map(({ option }) => option),
    read(given, fixed = {}) {
      const values: Record<string, string> = { ...fixed };
      for (const { wireName, parameter, option } of rows) {
        const text = given[option.attributeName()];
        // What is true by itself is there to be turned off: commander hands over true where it is not.
        const isSaid = parameter.kind !== 'boolean' || parameter.default === undefined || text === false;
        if (typeof text === 'boolean' && isSaid) values[wireName] = String(text);
        if (typeof text === 'string')
          values[wireName] = parameter.kind === 'choice' ? choice(parameter, text) : text;
      }
      const checked = readParameters(table, new Map(Object.entries(values)));
      return checked.kind === 'refused'
        ? usageFailure(checked.code, checked.message)
        : { kind: 'parameters', values };
    },
  };
}

/** An option for each parameter that is neither ignored nor among those left out: `--start-time` for StartTime. */
export function optionNames(table: ParameterTable, leftOut: readonly string[]): Record<string, string> {
  const names = Object.keys(table).filter((name) => table[name]?.kind !== 'ignored' && !leftOut.includes(name));
  return Object.fromEntries(names.map((name) => [name, kebab(name)]));
}

function flagOf(parameter: Parameter, flag: string): string {
  return parameter.kind === 'boolean' && parameter.default === true ? `no-${flag}` : flag;
}

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();
}

const PLACEHOLDERS: Readonly<Record<Parameter['kind'], string>> = {
  text: '<text>',
  choice: '<value>',
  integer: '<number>',
  boolean: '',
  'clock-time': '<HH:MM:SS>',
  time: '<time>',
  json: '<json>',
  ignored: '<text>',
};

export function help(parameter: Parameter): string {
  const limits = limitsOf(parameter);
  const fallback = 'default' in parameter && parameter.default !== undefined ? `default: ${parameter.default}` : '';
  const facts = [limits, fallback].filter((fact) => fact !== '').join('; ');
  return facts === '' ? parameter.description : `${parameter.description} (${facts})`;
}

function limitsOf(parameter: Parameter): string {
  if (parameter.kind === 'choice') return parameter.allowed.join(', ');
  if (parameter.kind === 'integer') return `${parameter.min} to ${parameter.max}`;
  if (parameter.kind === 'time') return 'yyyy-MM-ddTHH:mm:ssZ';
  if ('maxBytes' in parameter && parameter.maxBytes !== undefined) return `at most ${parameter.maxBytes} bytes`;
  return '';
}

/** Upper and lower case are one here, and `asc` is enough for `CreationTime:Asc`. */
function choice({ allowed }: ChoiceParameter, text: string): string {
  const wanted = text.toLowerCase();
  const matches = (value: string): boolean => value === wanted || value.endsWith(`:${wanted}`);
  return allowed.find((value) => matches(value.toLowerCase())) ?? text;
}
