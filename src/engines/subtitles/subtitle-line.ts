/** What is shown, or said, between two moments. Seconds of the recording; `to` is greater than `from`. */
export type SubtitleLine = {
  readonly from: number;
  readonly to: number;
  /** As it is read: without markup. `\n` where a row ends. */
  readonly text: string;
};
