import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Cost } from './page-cost.ts';

const FILE = fileURLToPath(new URL('../docs/page-cost.svg', import.meta.url));

const WIDTH = 860;
const HEIGHT = 420;
const PANEL = { left: 70, top: 70, width: 340, height: 270, gap: 60 };
/** Microseconds, on a logarithmic axis. */
const [LOWEST, HIGHEST] = [5, 2_000];
const TICKS = [10, 100, 1_000];
const COLORS = ['#0072b2', '#e69f00', '#009e73'];

/** Draws page cost against depth and size into docs/page-cost.svg. */
export function writePageCostPlot(costs: readonly Cost[]): void {
  const swept = costs.filter(({ depth }) => depth.startsWith('at '));
  const sizes = [...new Set(swept.map(({ size }) => size))];
  const panels = ['none', 'ASR Finished'].map((filter, index) => panel(swept, { filter, index, sizes }));
  const font = 'font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#222"';
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" ${font}>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${PANEL.left}" y="26" font-size="16" font-weight="bold">What a page of ten jobs costs, by its depth in the list</text>`,
    ...panels,
    legend(sizes),
    '</svg>',
  ];
  writeFileSync(FILE, `${parts.join('\n')}\n`);
  console.log('written: docs/page-cost.svg');
}

type PanelOf = { readonly filter: string; readonly index: number; readonly sizes: readonly string[] };

function panel(swept: readonly Cost[], { filter, index, sizes }: PanelOf): string {
  const left = PANEL.left + index * (PANEL.width + PANEL.gap);
  const title = filter === 'none' ? 'no filter' : 'JobType=ASR, JobState=Finished';
  const parts = [`<text x="${left}" y="${PANEL.top - 12}">${title}</text>`, axes(left)];
  for (const [number, size] of sizes.entries()) {
    for (const by of ['token', 'number'] as const) {
      const points = swept
        .filter((cost) => cost.filter === filter && cost.size === size && cost.by === by)
        .map(({ depth, cpuMicros }) => `${x(left, Number(depth.slice('at '.length)))},${y(cpuMicros)}`);
      const dashes = by === 'number' ? ' stroke-dasharray="6 4"' : '';
      parts.push(
        `<polyline points="${points.join(' ')}" fill="none" stroke="${COLORS[number] ?? '#222'}" stroke-width="2"${dashes}/>`,
      );
    }
  }
  return parts.join('\n');
}

function axes(left: number): string {
  const right = left + PANEL.width;
  const bottom = PANEL.top + PANEL.height;
  const lines = TICKS.map((micros) => {
    const label = micros >= 1_000 ? `${micros / 1_000} ms` : `${micros} µs`;
    return (
      `<line x1="${left}" y1="${y(micros)}" x2="${right}" y2="${y(micros)}" stroke="#ddd"/>` +
      `<text x="${left - 8}" y="${y(micros) + 4}" text-anchor="end">${label}</text>`
    );
  });
  const depths = [0, 0.5, 1].map((share, index) => {
    const label = ['first page', 'middle', 'last page'][index];
    const anchor = ['start', 'middle', 'end'][index];
    return `<text x="${x(left, share)}" y="${bottom + 20}" text-anchor="${anchor}">${label}</text>`;
  });
  const frame = `<rect x="${left}" y="${PANEL.top}" width="${PANEL.width}" height="${PANEL.height}" fill="none" stroke="#888"/>`;
  return [...lines, ...depths, frame].join('\n');
}

function legend(sizes: readonly string[]): string {
  const top = HEIGHT - 26;
  const entries = sizes.map((size, index) => {
    const left = PANEL.left + index * 130;
    return (
      `<line x1="${left}" y1="${top - 4}" x2="${left + 26}" y2="${top - 4}" stroke="${COLORS[index] ?? '#222'}" stroke-width="2"/>` +
      `<text x="${left + 32}" y="${top}">${size.replace('k', ',000').replace('m', ' million')} jobs</text>`
    );
  });
  const left = PANEL.left + 3 * 130 + 30;
  const ways = [
    `<line x1="${left}" y1="${top - 4}" x2="${left + 30}" y2="${top - 4}" stroke="#222" stroke-width="2"/>`,
    `<text x="${left + 36}" y="${top}">by NextToken</text>`,
    `<line x1="${left + 150}" y1="${top - 4}" x2="${left + 180}" y2="${top - 4}" stroke="#222" stroke-width="2" stroke-dasharray="6 4"/>`,
    `<text x="${left + 186}" y="${top}">by PageNo</text>`,
  ];
  return [...entries, ...ways].join('\n');
}

function x(left: number, share: number): number {
  return Math.round(left + share * PANEL.width);
}

function y(micros: number): number {
  const share = Math.log(micros / LOWEST) / Math.log(HIGHEST / LOWEST);
  return Math.round(PANEL.top + (1 - share) * PANEL.height);
}
