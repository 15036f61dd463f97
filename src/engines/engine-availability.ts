/** Whether an engine can be used on this machine now: what `smartjobs doctor` prints. */
export type EngineAvailability =
  | { readonly kind: 'ready'; readonly version: string; readonly detail: string }
  /** `reason`: what is missing, one sentence. `remedy`: the command or setting that brings it. */
  | { readonly kind: 'missing'; readonly reason: string; readonly remedy: string };
