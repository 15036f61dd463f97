import type { z } from 'zod';

type Common = {
  /** One line for the reference docs and the command line's help. */
  readonly description: string;
  readonly required?: true;
  /** Ours, not the service's: named so in the docs. */
  readonly additive?: true;
};

export type TextParameter = Common & {
  readonly kind: 'text';
  /** UTF-8 bytes. */
  readonly maxBytes?: number;
};
export type ChoiceParameter = Common & {
  readonly kind: 'choice';
  readonly allowed: readonly string[];
  readonly default?: string;
};
export type IntegerParameter = Common & {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
  readonly default?: number;
};
/** `true` or `false`, in upper or lower case; false where it is absent and nothing else is said. */
export type BooleanParameter = Common & { readonly kind: 'boolean'; readonly default?: true };
/** `HH:MM:SS`. */
export type ClockTimeParameter = Common & { readonly kind: 'clock-time' };
/** `yyyy-MM-ddTHH:mm:ssZ`, as the service writes times. */
export type TimeParameter = Common & { readonly kind: 'time' };
/** JSON text. It is checked and handed on as the caller wrote it. */
export type JsonParameter = Common & {
  readonly kind: 'json';
  readonly schema: z.ZodType;
  /** UTF-8 bytes. */
  readonly maxBytes?: number;
};
/** Sent by old clients, without effect. Listed so that the docs can say so. */
export type IgnoredParameter = Common & { readonly kind: 'ignored' };

export type Parameter =
  | TextParameter
  | ChoiceParameter
  | IntegerParameter
  | BooleanParameter
  | ClockTimeParameter
  | TimeParameter
  | JsonParameter
  | IgnoredParameter;

/**
 * The parameters of an action by their wire names: type, limits, allowed values and default, stated once.
 * Validation, the reference docs and the command line all read this table.
 */
export type ParameterTable = Readonly<Record<string, Parameter>>;

type ValueOf<P extends Parameter> = P extends IntegerParameter
  ? P extends { readonly default: number } | { readonly required: true }
    ? number
    : number | undefined
  : P extends ChoiceParameter
    ? P extends { readonly default: string } | { readonly required: true }
      ? P['allowed'][number]
      : P['allowed'][number] | undefined
    : P extends TimeParameter
      ? number | undefined
      : P extends BooleanParameter
        ? boolean
        : P extends IgnoredParameter
          ? never
          : string;

/**
 * What a handler gets: numbers for integers, milliseconds since the epoch for times, `''` for a text that was not sent,
 * undefined for a time or a choice that was not.
 */
export type ParameterValues<T extends ParameterTable> = {
  readonly [Name in keyof T as T[Name] extends IgnoredParameter ? never : Name]: ValueOf<T[Name]>;
};
