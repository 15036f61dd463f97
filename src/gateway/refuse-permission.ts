import type { KeyObject } from 'node:crypto';
import { encodeDiagnosis } from '../auth/diagnostic-message.ts';
import type { Denial } from '../auth/authorize.ts';
import { principalFacts } from '../auth/principal.ts';
import { refuse, type Refusal } from './api-error.ts';

/** A refusal of permission with what its reader needs: who, what, which layer, and a message to decode for the rest. */
export function refusePermission(denial: Denial, diagnosticKey: KeyObject): Refusal {
  const { caller, request, verdict } = denial;
  const message = `You are not authorized to perform this action: ${request.action}.`;
  return {
    ...refuse('NoPermission', message),
    accessDeniedDetail: {
      PolicyType: verdict.policyType,
      ...principalFacts(caller),
      NoPermissionType: verdict.type,
      AuthAction: request.action,
      EncodedDiagnosticMessage: encodeDiagnosis(diagnosticKey, denial),
    },
  };
}
