/** An amount of money: `whole` and `cents` are digits; `cents` has two, or none where none were written. */
export type Amount = {
  readonly currency: Currency;
  readonly negative: boolean;
  readonly whole: string;
  readonly cents: string;
};

export type Currency =
  'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | 'KRW' | 'AUD' | 'CAD' | 'CHF' | 'INR' | 'SGD';

/** How amounts name their currency: codes, signs and words, longest first where one begins another. */
const NAMES: readonly (readonly [string, Currency])[] = [
  ['HK$', 'HKD'],
  ['US$', 'USD'],
  ['A$', 'AUD'],
  ['C$', 'CAD'],
  ['S$', 'SGD'],
  ['$', 'USD'],
  ['＄', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  // The yen has the same sign; in texts for this service it is the yuan.
  ['¥', 'CNY'],
  ['￥', 'CNY'],
  ['₩', 'KRW'],
  ['₹', 'INR'],
  ['RMB', 'CNY'],
  ['人民币', 'CNY'],
  ['美元', 'USD'],
  ['欧元', 'EUR'],
  ['英镑', 'GBP'],
  ['日元', 'JPY'],
  ['港元', 'HKD'],
  ['港币', 'HKD'],
  ['韩元', 'KRW'],
  ['澳元', 'AUD'],
  ['加元', 'CAD'],
  ['瑞士法郎', 'CHF'],
  ['元', 'CNY'],
  ...(['CNY', 'USD', 'EUR', 'GBP', 'JPY', 'HKD', 'KRW', 'AUD', 'CAD', 'CHF', 'INR', 'SGD'] as const).map(
    (code) => [code, code] as const,
  ),
];

const NUMBER = /^(\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.(\d{1,2}))?$/;

/** Reads `$1,200.50`, `20 USD`, `-5元`; undefined where it is no amount with a known currency. */
export function readAmount(written: string): Amount | undefined {
  const compact = written.replaceAll(/\s/g, '');
  const negative = /^[-−]/.test(compact);
  const text = compact.replace(/^[-−+]/, '');
  const named = NAMES.find(([name]) => text.toUpperCase().startsWith(name) || text.toUpperCase().endsWith(name));
  if (named === undefined) return undefined;
  const [name, currency] = named;
  const number = text.toUpperCase().startsWith(name) ? text.slice(name.length) : text.slice(0, -name.length);
  const [, whole, cents = ''] = NUMBER.exec(number) ?? [];
  if (whole === undefined) return undefined;
  return { currency, negative, whole: whole.replaceAll(',', ''), cents: cents === '' ? '' : cents.padEnd(2, '0') };
}
