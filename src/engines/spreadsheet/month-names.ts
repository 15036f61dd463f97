/** Months as they are written out and cut short in English, German, French, Spanish, Italian and Portuguese. */
const NAMES: readonly string[] = [
  'jan january januar jänner janv janvier ene enero gen gennaio janeiro',
  'feb february februar févr février febrero febbraio fev fevereiro',
  'mar march mär märz mrz mars marzo março',
  'apr april avr avril abr abril aprile',
  'may mai mayo mag maggio maio',
  'jun june juni juin junio giu giugno junho',
  'jul july juli juil juillet julio lug luglio julho',
  'aug august août ago agosto',
  'sep sept september septembre septiembre set settembre setembro',
  'oct october okt oktober octobre octubre ott ottobre out outubro',
  'nov november novembre noviembre novembro',
  'dec december dez dezember déc décembre dic diciembre dicembre dezembro',
];

const NUMBERS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, at) => names.split(' ').map((name) => [name, at + 1] as const)),
);

/** 1 to 12; undefined for a word that is no month. @param name in any case, with or without the point behind it */
export function monthOfName(name: string): number | undefined {
  return NUMBERS.get(name.toLowerCase().replace(/\.$/, ''));
}
