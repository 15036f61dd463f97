/**
 * Makes the workbooks that the tests of the spreadsheet reader read, with LibreOffice (Debian: apt-get install
 * --no-install-recommends libreoffice-calc-nogui, some 400 MB). They are kept in the repository, so that tests need
 * no LibreOffice: npx tsx scripts/spreadsheet-fixtures.ts
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../src/engines/spreadsheet/fixtures/', import.meta.url));
const URN = 'urn:oasis:names:tc:opendocument:xmlns';
const NAMESPACES = [
  ...['office', 'table', 'text', 'style'].map((name) => `xmlns:${name}="${URN}:${name}:1.0"`),
  `xmlns:number="${URN}:datastyle:1.0" xmlns:of="${URN}:of:1.2"`,
].join(' ');

/** Styles of cells: a date by day, a date by month as Chinese write it, a percentage, an amount of money. */
const STYLES = `
  <number:date-style style:name="d1"><number:year number:style="long"/><number:text>-</number:text>
    <number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
  <number:date-style style:name="d2"><number:year number:style="long"/><number:text>年</number:text>
    <number:month/><number:text>月</number:text></number:date-style>
  <number:percentage-style style:name="p1"><number:number number:decimal-places="1"/><number:text>%</number:text>
  </number:percentage-style>
  <number:currency-style style:name="c1"><number:currency-symbol number:language="zh" number:country="CN">￥</number:currency-symbol>
    <number:number number:decimal-places="2" number:grouping="true"/></number:currency-style>
  <style:style style:name="day" style:family="table-cell" style:data-style-name="d1"/>
  <style:style style:name="month" style:family="table-cell" style:data-style-name="d2"/>
  <style:style style:name="percent" style:family="table-cell" style:data-style-name="p1"/>
  <style:style style:name="money" style:family="table-cell" style:data-style-name="c1"/>
  <style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/></style:style>
  <style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>`;

const text = (value: string, attributes = ''): string =>
  `<table:table-cell office:value-type="string" ${attributes}><text:p>${value}</text:p></table:table-cell>`;
const number = (value: number, attributes = ''): string =>
  `<table:table-cell office:value-type="float" office:value="${value}" ${attributes}/>`;
const percent = (value: number): string =>
  `<table:table-cell table:style-name="percent" office:value-type="percentage" office:value="${value}"/>`;
const money = (value: number): string =>
  `<table:table-cell table:style-name="money" office:value-type="currency" office:currency="CNY" office:value="${value}"/>`;
const date = (value: string, style: 'day' | 'month'): string =>
  `<table:table-cell table:style-name="${style}" office:value-type="date" office:date-value="${value}"/>`;
const formula = (expression: string): string => `<table:table-cell table:formula="of:=${expression}"/>`;
const EMPTY = '<table:table-cell/>';
const COVERED = '<table:covered-table-cell/>';
const row = (...cells: string[]): string => `<table:table-row>${cells.join('')}</table:table-row>`;
const hiddenRow = (...cells: string[]): string =>
  `<table:table-row table:visibility="collapse">${cells.join('')}</table:table-row>`;
const columns = (...hidden: boolean[]): string =>
  hidden.map((is) => `<table:table-column ${is ? 'table:visibility="collapse"' : ''}/>`).join('');
const sheet = (name: string, rows: readonly string[], style = 'shown', before = ''): string =>
  `<table:table table:name="${name}" table:style-name="${style}">${before}${rows.join('')}</table:table>`;
const book = (...sheets: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><office:document ${NAMESPACES} office:version="1.3"
    office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>${STYLES}
    </office:automatic-styles><office:body><office:spreadsheet>${sheets.join('')}</office:spreadsheet></office:body>
  </office:document>`;

const MONTHS = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01'];

const BOOKS: Readonly<Record<string, string>> = {
  /** A report as offices make them: title over all columns, hidden sheet, row and column, formulas. */
  report: book(
    sheet(
      '销售',
      [
        row(text('2024年华东销售报告', 'table:number-columns-spanned="5"'), COVERED, COVERED, COVERED, COVERED),
        row(text('月份'), text('收入'), text('内部'), text('增长率'), text('合计')),
        row(date('2024-01-01', 'month'), money(1234567.5), number(1), percent(0.125), formula('[.B3]+[.C3]')),
        row(date('2024-02-01', 'month'), money(1300000), number(2), percent(-0.05), formula('[.B4]+[.C4]')),
        hiddenRow(date('2024-02-15', 'month'), money(9), number(9), percent(9), number(9)),
        row(date('2024-03-01', 'month'), EMPTY, number(3), percent(0), formula('SUM([.B6:.C6])')),
        row(),
        row(text('数据来源：财务部')),
      ],
      'shown',
      columns(false, false, true, false, false),
    ),
    sheet('草稿', [row(text('not for you'))], 'hidden'),
    sheet('Regions', [
      row(text('Region'), text('Year'), text('Units')),
      row(text('Asia', 'table:number-rows-spanned="2"'), number(2022), number(10)),
      row(COVERED, number(2023), number(20)),
      row(text('Europe', 'table:number-rows-spanned="2"'), number(2022), number(30)),
      row(COVERED, number(2023), number(40)),
    ]),
    sheet('Errors', [
      row(text('Item'), text('Ratio')),
      row(text('a'), formula('1/2')),
      row(text('b'), formula('1/0')),
      row(text('c'), formula('NA()')),
    ]),
    sheet('Scripts', [
      row(text('言語'), text('عدد المتحدثين'), text('話者 😀')),
      row(text('العربية'), number(420), number(-1.5)),
      row(text('日本語'), number(125), number(1e15)),
      row(text('한국어'), number(81), number(0.000125)),
      row(text('Éric &amp; Zoë'), number(1), number(2)),
    ]),
    sheet('Empty', [row()]),
  ),
  /** Two rows of names, the upper one merged; time across the columns in the second sheet. */
  headers: book(
    sheet('Quarters', [
      row(
        EMPTY,
        text('North', 'table:number-columns-spanned="2"'),
        COVERED,
        text('South', 'table:number-columns-spanned="2"'),
        COVERED,
      ),
      row(text('Product'), text('Plan'), text('Actual'), text('Plan'), text('Actual')),
      row(text('Tea'), number(1), number(2), number(3), number(4)),
      row(text('Rice'), number(5), number(6), number(7), number(8)),
    ]),
    sheet('Wide', [
      row(text('Country'), text('Code'), ...[2019, 2020, 2021, 2022].map((year) => number(year))),
      row(text('China'), text('CN'), number(1), number(2), number(3), number(4)),
      row(text('India'), text('IN'), number(5), number(6), EMPTY, number(8)),
    ]),
    sheet('Days', [
      row(text('Day'), text('Visits')),
      ...MONTHS.map((day, at) => row(date(day, 'day'), number(at))),
    ]),
  ),
};

const FORMATS: Readonly<Record<string, string>> = { xlsx: 'xlsx', xls: 'xls:MS Excel 97' };

const scratch = mkdtempSync(join(tmpdir(), 'spreadsheet-fixtures-'));
const convert = (format: string, source: string, target: string): void => {
  const profile = `-env:UserInstallation=file://${join(scratch, 'profile')}`;
  execFileSync('soffice', [profile, '--headless', '--convert-to', format, '--outdir', scratch, source], {
    stdio: 'ignore',
  });
  cpSync(source.replace(/\.fods$/, `.${format.split(':')[0] ?? ''}`), join(FOLDER, target));
};
for (const [name, content] of Object.entries(BOOKS)) {
  const source = join(scratch, `${name}.fods`);
  writeFileSync(source, content);
  for (const [ending, format] of Object.entries(FORMATS)) convert(format, source, `${name}.${ending}`);
}
convert('ods', join(scratch, 'headers.fods'), 'headers.ods');
rmSync(scratch, { recursive: true });
