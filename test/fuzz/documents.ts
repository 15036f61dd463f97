import fc from 'fast-check';

/** Text that means something to somebody: separators, quotes, wildcards, format characters, halves of characters. */
export const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('*', '?', 'a', ':', '/', '%', '\\', '"', '{', '\0', '\uD800', '\u202E', '𝒳'),
    maxLength: 60,
  }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'toString',
    'null',
    'NaN',
    '-0',
    '1e999',
    '${acs:SourceIp}',
    '%s%n',
    '\r\nX: y',
  ),
  fc
    .tuple(fc.constantFrom('a', '*', '*a', '?*', '[', '{"a":', '%25', '中'), fc.integer({ min: 1, max: 3000 }))
    .map(([unit, times]) => unit.repeat(times)),
);

const words = fc.constantFrom(
  ...['Version', 'Statement', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'Condition'],
  ...['RAM', 'Service', 'StringLike', 'IpAddress', 'DateLessThan', 'NumericEquals', 'Bool', 'acs:SourceIp'],
  ...['acs:CurrentTime', 'SentenceMaxLength', 'Language', 'HotwordLibraryIdList', '__proto__'],
);
const values = fc.constantFrom(
  ...['1', 'Allow', 'Deny', '*', 'ice:*', 'ice:List*', 'acs:ram::*:user/*', '192.0.2.0/24', '::/0', 'true', 'en'],
  ...['2026-01-01T00:00:00Z', 'acs:ram::1234567890123456:root'],
);

/** Documents that speak the words of ours, in any arrangement. */
const knownWords = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    values,
    nastyText,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(words, nastyText), tie('value'), { maxKeys: 6 }),
  ),
})).value;

/** A policy that may well be valid, so that what lies behind the reading is reached too. */
const nearlyPolicy = fc.record({
  Version: fc.constantFrom('1', 1),
  Statement: fc.array(
    fc.record(
      {
        Effect: fc.constantFrom('Allow', 'Deny'),
        Action: fc.oneof(values, fc.array(fc.oneof(values, nastyText), { maxLength: 5 })),
        Resource: fc.oneof(values, nastyText),
        Principal: fc.constantFrom({ RAM: ['acs:ram::1234567890123456:root'] }, { Service: 'x.aliyuncs.com' }),
        Condition: fc.dictionary(words, fc.dictionary(words, fc.oneof(values, nastyText, knownWords)), {
          maxKeys: 3,
        }),
      },
      { requiredKeys: ['Effect', 'Action'] },
    ),
    { maxLength: 12 },
  ),
});

/** The text of a JSON document, or of what is nearly one. */
export const jsonText = fc.oneof(
  fc.json(),
  knownWords.map((value) => JSON.stringify(value)),
  { weight: 3, arbitrary: nearlyPolicy.map((value) => JSON.stringify(value)) },
  fc
    .tuple(fc.constantFrom('[', '{"a":', '{"Statement":[', '"\\u'), fc.integer({ min: 1, max: 20_000 }))
    .map(([unit, times]) => unit.repeat(times)),
  fc.constantFrom(
    '{"Version":"1","Version":"2"}',
    '{"__proto__":{"Effect":"Allow"}}',
    '1e999',
    '"\\ud800"',
    '\uFEFF{}',
    '{}\0',
    '[1,]',
  ),
  nastyText,
);
