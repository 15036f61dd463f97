import { describe, expect, test } from 'vitest';
import type { PolicyDraft } from '../../auth/identities.ts';
import {
  eachWithIdentities,
  LIST_ONLY,
  policyAllowing,
  refusal,
  told,
  type MakeIdentityHome,
} from './identity-fixture.ts';
import { ALICE, START } from './sample-jobs.ts';

const LIST: PolicyDraft = { name: 'ListOnly', document: LIST_ONLY, description: 'Lists' };
const CUSTOM = { type: 'Custom', name: 'ListOnly' } as const;
const SYSTEM = { type: 'System', name: 'AliyunICEFullAccess' } as const;

function version(number: number, setAsDefault = false, rotate = false) {
  return { document: policyAllowing(`ice:Get${number}`), setAsDefault, rotate };
}

export function policiesSuite(makeHome: MakeIdentityHome): void {
  describe('custom policies', () => {
    const fixture = eachWithIdentities(makeHome);

    test('begin with v1 as the default, their document as it was given', async () => {
      const { policies } = fixture().store;
      const made = await told(policies.create(ALICE, LIST));
      expect(made).toEqual({
        ...CUSTOM,
        description: 'Lists',
        defaultVersion: 'v1',
        attachmentCount: 0,
        createdAt: START,
        updatedAt: START,
      });
      expect(await told(policies.get(ALICE, CUSTOM))).toEqual(made);
      const v1 = { id: 'v1', isDefault: true, document: LIST_ONLY, createdAt: START };
      expect(await told(policies.versions(ALICE, CUSTOM))).toEqual([v1]);
      expect(await told(policies.getVersion(ALICE, CUSTOM, 'v1'))).toEqual(v1);
      expect(await refusal(policies.create(ALICE, LIST))).toBe('entity-exists Policy');
    });

    test.each<{ change: Partial<PolicyDraft>; broken: string }>([
      { change: { name: 'with.dot' }, broken: 'invalid PolicyName InvalidChars' },
      { change: { name: 'p'.repeat(129) }, broken: 'invalid PolicyName Length' },
      { change: { description: 'x'.repeat(1025) }, broken: 'invalid Description Length' },
      { change: { document: '' }, broken: 'invalid PolicyDocument Length' },
      { change: { document: LIST_ONLY + ' '.repeat(6144) }, broken: 'invalid PolicyDocument Length' },
      { change: { document: '{"Version":"1"' }, broken: 'invalid PolicyDocument Malformed' },
      { change: { document: LIST_ONLY.replace('Allow', 'allow') }, broken: 'invalid PolicyDocument Malformed' },
    ])('are refused: $broken', async ({ change, broken }) => {
      const { policies } = fixture().store;
      expect(await refusal(policies.create(ALICE, { ...LIST, ...change }))).toBe(broken);
      expect(await refusal(policies.get(ALICE, CUSTOM))).toBe('entity-not-exist Policy');
    });

    test('say where in the document a mistake is', async () => {
      const document = LIST_ONLY.replace('Allow', 'allow');
      expect(await fixture().store.policies.create(ALICE, { ...LIST, document })).toMatchObject({
        message: expect.stringContaining('Statement[0].Effect'),
      });
    });

    test('get another description', async () => {
      const { policies } = fixture().store;
      const before = await told(policies.create(ALICE, LIST));
      fixture().clock.advance(1000);
      const after = await told(policies.describe(ALICE, 'ListOnly', 'Lists jobs'));
      expect(after).toEqual({ ...before, description: 'Lists jobs', updatedAt: START + 1000 });
      expect(await refusal(policies.describe(ALICE, 'Nothing', ''))).toBe('entity-not-exist Policy');
      const long = policies.describe(ALICE, 'ListOnly', 'x'.repeat(1025));
      expect(await refusal(long)).toBe('invalid Description Length');
    });

    test('are 1500 at most', async () => {
      const { policies } = fixture().store;
      const names = Array.from({ length: 1501 }, (_, index) => `p${index}`);
      const made = await Promise.all(names.map((name) => refusal(policies.create(ALICE, { ...LIST, name }))));
      expect(made.filter((outcome) => outcome === 'done')).toHaveLength(1500);
      expect(made.at(-1)).toBe('limit-exceeded Policy');
    });

    test('have versions, numbers of which are never used again', async () => {
      const { policies } = fixture().store;
      await policies.create(ALICE, LIST);
      expect(await told(policies.createVersion(ALICE, 'ListOnly', version(2)))).toMatchObject({ id: 'v2' });
      await told(policies.deleteVersion(ALICE, 'ListOnly', 'v2'));
      const v3 = await told(policies.createVersion(ALICE, 'ListOnly', version(3, true)));
      expect(v3).toEqual({ id: 'v3', isDefault: true, document: version(3).document, createdAt: START });
      expect(await told(policies.get(ALICE, CUSTOM))).toMatchObject({ defaultVersion: 'v3' });
      expect(await told(policies.versions(ALICE, CUSTOM))).toMatchObject([
        { id: 'v1', isDefault: false },
        { id: 'v3', isDefault: true },
      ]);
      await told(policies.setDefaultVersion(ALICE, 'ListOnly', 'v1'));
      expect(await told(policies.getVersion(ALICE, CUSTOM, 'v3'))).toEqual({ ...v3, isDefault: false });
    });

    test('have five versions at most; rotation deletes the oldest that is not the default', async () => {
      const { policies } = fixture().store;
      await policies.create(ALICE, LIST);
      for (const number of [2, 3, 4, 5]) await told(policies.createVersion(ALICE, 'ListOnly', version(number)));
      const sixth = await refusal(policies.createVersion(ALICE, 'ListOnly', version(6)));
      expect(sixth).toBe('limit-exceeded Policy.Version');
      await told(policies.createVersion(ALICE, 'ListOnly', version(6, true, true)));
      await told(policies.createVersion(ALICE, 'ListOnly', version(7, false, true)));
      const ids = (await told(policies.versions(ALICE, CUSTOM))).map(({ id }) => id);
      expect(ids).toEqual(['v3', 'v4', 'v5', 'v6', 'v7']);
    });

    test('keep their default version, and say which versions are not there', async () => {
      const { policies } = fixture().store;
      await policies.create(ALICE, LIST);
      const kept = await refusal(policies.deleteVersion(ALICE, 'ListOnly', 'v1'));
      expect(kept).toBe('delete-conflict Policy.Version.Default');
      for (const id of ['v2', 'v0', '1', 'v1x', '', 'v99999999999999999999']) {
        const absent = 'entity-not-exist Policy.Version';
        expect(await refusal(policies.deleteVersion(ALICE, 'ListOnly', id))).toBe(absent);
        expect(await refusal(policies.setDefaultVersion(ALICE, 'ListOnly', id))).toBe(absent);
        expect(await refusal(policies.getVersion(ALICE, CUSTOM, id))).toBe(absent);
      }
      expect(await refusal(policies.createVersion(ALICE, 'Nothing', version(2)))).toBe('entity-not-exist Policy');
    });

    test('are deleted with their last version, and not before', async () => {
      const { policies } = fixture().store;
      await policies.create(ALICE, LIST);
      await policies.createVersion(ALICE, 'ListOnly', version(2));
      expect(await refusal(policies.delete(ALICE, 'ListOnly'))).toBe('delete-conflict Policy.Version');
      await policies.deleteVersion(ALICE, 'ListOnly', 'v2');
      expect(await refusal(policies.delete(ALICE, 'ListOnly'))).toBe('done');
      expect(await refusal(policies.versions(ALICE, CUSTOM))).toBe('entity-not-exist Policy');
      expect(await refusal(policies.delete(ALICE, 'ListOnly'))).toBe('entity-not-exist Policy');
    });
  });

  describe('system policies', () => {
    const fixture = eachWithIdentities(makeHome);

    test('are there in every account, with one version', async () => {
      const { policies } = fixture().store;
      expect(await told(policies.get(ALICE, SYSTEM))).toMatchObject({ ...SYSTEM, defaultVersion: 'v1' });
      const [only, ...others] = await told(policies.versions(ALICE, SYSTEM));
      expect(others).toEqual([]);
      expect(only).toMatchObject({ id: 'v1', isDefault: true, document: expect.stringContaining('ice:*') });
      expect(await told(policies.getVersion(ALICE, SYSTEM, 'v1'))).toEqual(only);
      expect(await refusal(policies.getVersion(ALICE, SYSTEM, 'v2'))).toBe('entity-not-exist Policy.Version');
      const unknown = policies.get(ALICE, { type: 'System', name: 'NoSuchAccess' });
      expect(await refusal(unknown)).toBe('entity-not-exist Policy');
    });

    test('cannot be changed', async () => {
      const { policies } = fixture().store;
      const { name } = SYSTEM;
      for (const outcome of [
        await policies.describe(ALICE, name, ''),
        await policies.delete(ALICE, name),
        await policies.createVersion(ALICE, name, version(2)),
        await policies.setDefaultVersion(ALICE, name, 'v1'),
        await policies.deleteVersion(ALICE, name, 'v1'),
      ]) {
        expect(outcome).toMatchObject({
          kind: 'entity-not-exist',
          message: expect.stringContaining('cannot be changed'),
        });
      }
    });

    test('leave their names free for custom policies, which are others', async () => {
      const { policies } = fixture().store;
      await told(policies.create(ALICE, { ...LIST, name: SYSTEM.name }));
      expect(await told(policies.getVersion(ALICE, { ...SYSTEM, type: 'Custom' }, 'v1'))).toMatchObject({
        document: LIST_ONLY,
      });
      expect(await told(policies.getVersion(ALICE, SYSTEM, 'v1'))).not.toMatchObject({ document: LIST_ONLY });
    });
  });
}
