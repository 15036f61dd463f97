/** As people and releases write it: 64.7 MB, 163 MB, 1.1 GB, in powers of ten. */
export function byteSize(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} KB`;
  const [value, unit] = bytes < 999.5e6 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${value.toFixed(value < 99.95 ? 1 : 0)} ${unit}`;
}
