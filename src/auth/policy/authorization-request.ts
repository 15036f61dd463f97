import type { ConditionContext } from './condition-context.ts';

/** One thing that somebody wants to do. */
export type AuthorizationRequest = {
  /** `<service>:<operation>`, such as `ice:ListSmartJobs`. */
  readonly action: string;
  /** An ARN, or `*` for an operation that supports all resources only. */
  readonly resource: string;
  readonly context: ConditionContext;
};
