/** Whether the same request may be answered better a little later: the server is busy, or not well. */
export function isPassing(status: number): boolean {
  return [408, 425, 429].includes(status) || (status >= 500 && ![501, 505].includes(status));
}
