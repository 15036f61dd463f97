import { describe, expect, test } from 'vitest';
import type { RoleDraft } from '../../auth/identities.ts';
import { eachWithIdentities, refusal, told, TRUST, trusting, type MakeIdentityHome } from './identity-fixture.ts';
import { ALICE, START } from './sample-jobs.ts';

const ROLE: RoleDraft = { name: 'Reader', trustPolicy: TRUST };

export function rolesSuite(makeHome: MakeIdentityHome): void {
  describe('roles', () => {
    const fixture = eachWithIdentities(makeHome);

    test('are created with their ARN, an hour of session, and the trust policy as it was given', async () => {
      const { roles } = fixture().store;
      const role = await told(roles.create(ALICE, ROLE));
      expect(role).toEqual({
        id: expect.stringMatching(/^\d{18}$/),
        name: 'Reader',
        arn: `acs:ram::${ALICE}:role/Reader`,
        description: '',
        trustPolicy: TRUST,
        maxSessionSeconds: 3600,
        createdAt: START,
        updatedAt: START,
      });
      expect(await told(roles.get(ALICE, 'Reader'))).toEqual(role);
      expect(await refusal(roles.create(ALICE, ROLE))).toBe('entity-exists Role');
    });

    test('change in what is given', async () => {
      const { roles } = fixture().store;
      const before = await told(roles.create(ALICE, { ...ROLE, description: 'Reads' }));
      fixture().clock.advance(1000);
      const trustPolicy = trusting('1111111111111111');
      const after = await told(roles.update(ALICE, 'Reader', { trustPolicy, maxSessionSeconds: 43_200 }));
      expect(after).toEqual({ ...before, trustPolicy, maxSessionSeconds: 43_200, updatedAt: START + 1000 });
      expect(await told(roles.get(ALICE, 'Reader'))).toEqual(after);
      expect(await refusal(roles.update(ALICE, 'Nobody', { description: '' }))).toBe('entity-not-exist Role');
    });

    test.each<{ change: Partial<RoleDraft>; broken: string }>([
      { change: { name: 'with_underscore' }, broken: 'invalid RoleName InvalidChars' },
      { change: { name: 'r'.repeat(65) }, broken: 'invalid RoleName Length' },
      { change: { description: 'x'.repeat(1025) }, broken: 'invalid Description Length' },
      { change: { maxSessionSeconds: 3599 }, broken: 'invalid MaxSessionDuration Range' },
      { change: { maxSessionSeconds: 43_201 }, broken: 'invalid MaxSessionDuration Range' },
      { change: { maxSessionSeconds: 3600.5 }, broken: 'invalid MaxSessionDuration Range' },
      { change: { trustPolicy: '' }, broken: 'invalid AssumeRolePolicyDocument Length' },
      { change: { trustPolicy: TRUST + ' '.repeat(2048) }, broken: 'invalid AssumeRolePolicyDocument Length' },
      { change: { trustPolicy: '{}' }, broken: 'invalid AssumeRolePolicyDocument Malformed' },
    ])('are refused: $broken', async ({ change, broken }) => {
      const { roles } = fixture().store;
      expect(await refusal(roles.create(ALICE, { ...ROLE, ...change }))).toBe(broken);
      expect(await refusal(roles.get(ALICE, 'Reader'))).toBe('entity-not-exist Role');
    });

    test('are deleted only without policies; one made again is another role', async () => {
      const { roles, policies } = fixture().store;
      const full = { type: 'System', name: 'AliyunICEFullAccess' } as const;
      const gone = await told(roles.create(ALICE, ROLE));
      await policies.attach(ALICE, full, { kind: 'role', name: 'Reader' });
      expect(await refusal(roles.delete(ALICE, 'Reader'))).toBe('delete-conflict Role.Policy');
      await policies.detach(ALICE, full, { kind: 'role', name: 'Reader' });
      expect(await refusal(roles.delete(ALICE, 'Reader'))).toBe('done');
      expect(await refusal(roles.delete(ALICE, 'Reader'))).toBe('entity-not-exist Role');
      expect((await told(roles.create(ALICE, ROLE))).id).not.toBe(gone.id);
    });
  });
}
